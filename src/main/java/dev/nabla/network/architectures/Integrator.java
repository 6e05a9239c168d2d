package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import java.util.function.UnaryOperator;

/**
 * One step in time of q′ = ∇T(p), p′ = −∇V(q) that is symplectic (Hairer, Lubich and Wanner, Geometric Numerical
 * Integration, 2006, chapter VI.3).
 */
public enum Integrator {

    /** p first, then q at the new p: of order 1. */
    @JsonProperty("symplectic-euler") SYMPLECTIC_EULER(2) {
        @Override
        PhasePoint step(PhasePoint z, UnaryOperator<Expression> potential, UnaryOperator<Expression> kinetic,
                double h) {
            return z.kick(scaled(potential, -h)).drift(scaled(kinetic, h));
        }
    },

    /** p by half a step, q, and p by the other half: of order 2. Older definitions have the other spelling of Störmer. */
    @JsonProperty("stoermer-verlet") @JsonAlias("stormer-verlet") STOERMER_VERLET(3) {
        @Override
        PhasePoint step(PhasePoint z, UnaryOperator<Expression> potential, UnaryOperator<Expression> kinetic,
                double h) {
            return z.kick(scaled(potential, -h / 2)).drift(scaled(kinetic, h)).kick(scaled(potential, -h / 2));
        }
    };

    private final int gradients;

    Integrator(int gradients) {
        this.gradients = gradients;
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
