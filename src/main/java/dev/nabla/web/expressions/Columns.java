package dev.nabla.web.expressions;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Values of all samples in a table, for whoever does not want JSON. What is undefined is NaN.
 *
 * @param names of the columns
 * @param shape of all values as one array, of which the samples are the first dimension; empty if they are of several arrays
 * @param rows how many samples there are
 * @param row the values of a sample
 */
public record Columns(List<String> names, List<Integer> shape, int rows, IntFunction<double[]> row) {}
