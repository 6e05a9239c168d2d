package dev.nabla.language;

import static dev.nabla.expression.Arithmetic.constant;
import static dev.nabla.expression.Arithmetic.divide;
import static dev.nabla.expression.Arithmetic.product;
import static dev.nabla.expression.Arithmetic.subtract;
import static dev.nabla.expression.Arithmetic.sum;
import static dev.nabla.expression.LinearAlgebra.broadcast;

import dev.nabla.expression.Expression;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/** Integrals by the points of Gauss and Legendre: n of them are exact for polynomials up to degree 2 n − 1. */
final class Quadrature {

    static final int MAX_POINTS = 200;

    /** The point and its part of the integral, beside what the integrand adds. */
    static final int NODES_OF_POINT = 4;

    private static final Map<Integer, GaussIntegrator> RULES = new ConcurrentHashMap<>();

    private Quadrature() {}

    /**
     * @param from a scalar
     * @param to a scalar
     * @param integrand its value at a point between
     */
    static Expression of(Expression from, Expression to, int points, UnaryOperator<Expression> integrand) {
        GaussIntegrator rule = RULES.computeIfAbsent(points, n -> new GaussIntegratorFactory().legendre(n));
        Expression middle = divide(sum(from, to), constant(2));
        Expression half = divide(subtract(to, from), constant(2));
        var terms = IntStream.range(0, points).mapToObj(i -> {
            Expression value = integrand.apply(sum(middle, product(constant(rule.getPoint(i)), half)));
            return product(constant(rule.getWeight(i), value.shape()), value);
        }).toList();
        Expression weighted = sum(terms);
        return product(broadcast(half, weighted.shape()), weighted);
    }
}
