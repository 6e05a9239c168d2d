package dev.nabla.program.engine;

import dev.nabla.program.Instruction.MatrixProduct;
import java.util.function.IntConsumer;

/**
 * A product with a transposed matrix as the sum of two, each of half of the terms. So a thread reads those rows of the matrix that it
 * multiplied before as they lie, and updates: processors that share no cache need not take them from each other.
 *
 * @param ofTerms the halves
 * @param ofRows how each of them is cut
 */
record HalvedProduct(Parts ofTerms, Parts ofRows) {

    /** A part of a half. */
    @FunctionalInterface
    interface Part {
        void compute(int half, int fromTerm, int terms, int fromRow, int rows);
    }

    /** Whether it is one that threads share and whose second half is smaller than its matrix, however many threads there are. */
    static boolean is(MatrixProduct product, int rowLength) {
        int rows = product.target().shape().dimension(0);
        long columns = product.target().size(rowLength) / rows;
        return product.transposeLeft() && !product.left().perSample() && !product.transposeRight() && product.bias().isEmpty()
                && columns <= product.inner() && Parts.ofSingles(product.inner(), (double) rows * columns).count() > 1;
    }

    static HalvedProduct of(MatrixProduct product, Parts ofRows) {
        return new HalvedProduct(new Parts(product.inner(), 2), ofRows);
    }

    /** How many doubles the second half takes. */
    static long scratch(MatrixProduct product, int rowLength) {
        return is(product, rowLength) ? product.target().size(rowLength) : 0;
    }

    /** @param sum adds the second half to the first */
    Runnable in(Team team, Part work, Runnable sum) {
        int perHalf = ofRows.count();
        // The halves one behind the other: threads take parts from both ends.
        IntConsumer part = number -> {
            int half = number / perHalf;
            int ofHalf = number % perHalf;
            work.compute(half, ofTerms.from(half), ofTerms.length(half), ofRows.from(ofHalf), ofRows.length(ofHalf));
        };
        return () -> {
            team.run(2 * perHalf, part);
            sum.run();
        };
    }
}
