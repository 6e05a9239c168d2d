package dev.nabla.storage;

class H2StoredFormsTest extends StoredFormsContract {

    H2StoredFormsTest() {
        super(TestDatabase.H2);
    }
}
