package dev.nabla.network.architectures;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One step in time of q′ = ∇T(p), p′ = −∇V(q) that is symplectic (Hairer, Lubich and Wanner, Geometric Numerical
 * Integration, 2006, chapter VI.3).
 */
public enum Integrator {

    /** p first, then q at the new p: of order 1. */
    SYMPLECTIC_EULER("symplectic-euler", 2) {
        @Override
        PhasePoint step(PhasePoint z, UnaryOperator<Expression> potential, UnaryOperator<Expression> kinetic,
                double h) {
            return z.kick(scaled(potential, -h)).drift(scaled(kinetic, h));
        }
    },

    /** p by half a step, q, and p by the other half: of order 2. */
    STOERMER_VERLET("stoermer-verlet", 3) {
        @Override
        PhasePoint step(PhasePoint z, UnaryOperator<Expression> potential, UnaryOperator<Expression> kinetic,
                double h) {
            return z.kick(scaled(potential, -h / 2)).drift(scaled(kinetic, h)).kick(scaled(potential, -h / 2));
        }
    };

    private final String text;
    private final int gradients;

    Integrator(String text, int gradients) {
        this.text = text;
        this.gradients = gradients;
    }

    /** Also by the other spelling of Störmer, which older definitions have. */
    public static Optional<Integrator> named(String text) {
        String name = text.equals("stormer-verlet") ? STOERMER_VERLET.text : text;
        return Arrays.stream(values()).filter(integrator -> integrator.text.equals(name)).findFirst();
    }

    /** All names, for an error message. */
    public static String names() {
        return Arrays.stream(values()).map(Integrator::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return text;
    }

    /** How many gradients a step takes. */
    int gradients() {
        return gradients;
    }

    /**
     * @param potential ∇V
     * @param kinetic ∇T
     * @param h the time that the step takes
     */
    abstract PhasePoint step(PhasePoint z, UnaryOperator<Expression> potential, UnaryOperator<Expression> kinetic,
            double h);

    private static UnaryOperator<Expression> scaled(UnaryOperator<Expression> gradient, double factor) {
        return x -> {
            Expression value = gradient.apply(x);
            return Arithmetic.product(Arithmetic.constant(factor, value.shape()), value);
        };
    }
}
