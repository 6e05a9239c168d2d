package dev.nabla.plots;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Values at the points of a lattice.
 *
 * @param x what the variable to the right is called
 * @param y what the other is called
 * @param name what the values are called
 * @param xs increasing
 * @param ys increasing
 * @param values {@code [y][x]}; a gap where one is NaN or infinite
 */
public record Lattice(String x, String y, String name, double[] xs, double[] ys, double[][] values) {

    private static final double GREATEST = 1e300;
    private static final int CORNERS = 4;

    /** Whether there is a value at all. */
    boolean hasValues() {
        return defined().findAny().isPresent();
    }

    double least() {
        return defined().min().orElse(0);
    }

    double greatest() {
        return defined().max().orElse(0);
    }

    private DoubleStream defined() {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Lattice::isValue);
    }

    static boolean isValue(double value) {
        return Math.abs(value) < GREATEST;
    }

    double left() {
        return xs[0];
    }

    double right() {
        return xs[columns()];
    }

    double bottom() {
        return ys[0];
    }

    double top() {
        return ys[rows()];
    }

    /** How many cells there are from the left to the right. */
    int columns() {
        return xs.length - 1;
    }

    /** How many cells there are from the bottom to the top. */
    int rows() {
        return ys.length - 1;
    }

    /** Whether all corners of a cell have a value of at least so much. */
    boolean isAtLeast(double level, int row, int column) {
        for (int corner = 0; corner < CORNERS; corner++) {
            double value = corner(row, column, corner)[2];
            if (!isValue(value) || value < level) {
                return false;
            }
        }
        return true;
    }

    /** Whether all corners of a cell have a value. */
    boolean isWhole(int row, int column) {
        return isAtLeast(Double.NEGATIVE_INFINITY, row, column);
    }

    /** A corner of a cell, of four around it: x, y and the value. */
    double[] corner(int row, int column, int corner) {
        int i = column + (corner == 1 || corner == 2 ? 1 : 0);
        int k = row + corner / 2;
        return new double[] {xs[i], ys[k], values[k][i]};
    }
}
