package dev.nabla.imports.onnx;

/** What is wrong with a part of a file, before it is known which part that is. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
