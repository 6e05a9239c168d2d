package dev.nabla.trajectories;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A way to get from a state to the later ones. */
public sealed interface Method {

    /** z′ = z + h f((z + z′)/2): symplectic, symmetric, of order 2 (Hairer, Lubich, Wanner 2006, II.1 and VI.4). */
    record ImplicitMidpoint() implements Method {}

    /**
     * Störmer and Verlet's method in its form for any Hamiltonian, implicit unless H(q, p) = T(p) + V(q): symplectic,
     * symmetric, of order 2 (Hairer, Lubich, Wanner 2006, VI.3, equation 3.4). The first half of what moves is q.
     */
    record StoermerVerlet() implements Method {}

    /**
     * Dormand and Prince's method of order 8 with its own step size (Hairer, Nørsett, Wanner 1993, II.5).
     *
     * @param tolerance of the error of a step, both absolute and relative
     */
    record DormandPrince(double tolerance) implements Method {}

    /** z ↦ F(z). */
    record Iteration() implements Method {}

    /** The methods in documents, which have their numbers beside the name. */
    enum Name {
        @JsonProperty("implicit-midpoint") IMPLICIT_MIDPOINT,
        @JsonProperty("stoermer-verlet") @JsonAlias("stormer-verlet") STOERMER_VERLET,
        @JsonProperty("dormand-prince") DORMAND_PRINCE,
        @JsonProperty("map") MAP;

        /** @param tolerance of methods with their own step size */
        public Method method(double tolerance) {
            return switch (this) {
                case IMPLICIT_MIDPOINT -> new ImplicitMidpoint();
                case STOERMER_VERLET -> new StoermerVerlet();
                case DORMAND_PRINCE -> new DormandPrince(tolerance);
                case MAP -> new Iteration();
            };
        }
    }
}
