package dev.nabla.storage;

/** Which items a list has. */
public interface Filter {

    LabelFilter labels();
}
