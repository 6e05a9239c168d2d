package dev.nabla.rendering.python;

import java.util.Locale;

/** The functions on arrays that a printed module defines for itself where NumPy lacks them. */
enum PythonFunction {

    /** An array of a certain shape from outside. */
    SHAPED("""
            def shaped(value, shape, name):
                value = np.array(value, dtype=float)
                if value.shape != shape:
                    raise ValueError(f"{name} must have the shape {shape}, had {value.shape}")
                return value"""),

    /** {@code np.array} of entries of which some have a value for every sample and some have one for all. */
    ARRAY("""
            def array(entries, rank):
                if rank == 0 or not isinstance(entries, list):
                    return entries
                return np.stack(np.broadcast_arrays(*[array(entry, rank - 1) for entry in entries]), axis=-rank)"""),

    /**
     * {@code np.linalg.solve} for matrices on the right; by itself it raises an error if one sample is singular, and
     * solves what is regular by rounding only. Rows are divided by powers of 2 first, so that their units do not matter.
     */
    SOLVE("""
            def solve(matrix, right):
                scale = 2.0 ** (np.frexp(np.max(np.abs(matrix), axis=-1, keepdims=True))[1] - 1)
                matrix, right = matrix / scale, right / scale
                regular = np.abs(np.linalg.slogdet(matrix)[0])[..., None, None] == 1
                matrix = np.where(regular, matrix, np.eye(matrix.shape[-1]))
                products = np.abs(np.linalg.inv(matrix) * np.swapaxes(matrix, -1, -2))
                condition = np.max(np.sum(products, axis=-1), axis=-1)[..., None, None]
                regular = regular & (condition * matrix.shape[-1] * 2.0 ** -52 < 1)
                return np.where(regular, np.linalg.solve(matrix, right), np.nan)"""),

    /** {@code np.where} of numbers; what it does not take is computed all the same, which must not raise errors. */
    WHERE("def where(c, a, b): return np.where(c != 0, a, b)"),

    /** Of all entries, without squares that overflow or underflow; {@code axis} is an axis or a tuple of two. */
    NORM("""
            def norm(x, axis):
                largest = np.max(np.abs(x), axis=axis, keepdims=True)
                scale = np.where((largest == 0) | (largest == np.inf), 1.0, largest)
                return np.squeeze(scale * np.sqrt(np.sum((x / scale) ** 2, axis=axis, keepdims=True)), axis=axis)""");

    private final String definition;

    PythonFunction(String definition) {
        this.definition = definition;
    }

    /** The lines of Python that define {@link #python()}. */
    String definition() {
        return definition;
    }

    /** The Python name. */
    String python() {
        return name().toLowerCase(Locale.ROOT);
    }
}
