package dev.nabla.network.architectures;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** What a map z → S' f(S⁻¹ z) with diagonal matrices of scales keeps of the structure of f. */
final class ScaledStructure {

    private static final double ROUNDING = 1e-12;

    private ScaledStructure() {}

    /**
     * Of a symplectic f the product is symplectic where S and S' multiply the symplectic form by one number: where every
     * scale of q times that of its p is the same, for inputs and outputs.
     */
    static Optional<Problem> violationOfSymplectic(Normalization normalization, List<String> inputs, List<String> outputs) {
        List<Double> before = Normalization.scales(normalization.inputs(), inputs);
        List<Double> after = Normalization.scales(normalization.outputs(), outputs);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.of(fitted("symplectic", "with every scale of q times that of its p the same for inputs and outputs"));
        }
        int n = inputs.size() / 2;
        double product = before.getFirst() * before.get(n);
        DoublePredicate isSame = other -> Math.abs(other - product) <= ROUNDING * product;
        return IntStream.range(0, n).allMatch(i -> isSame.test(before.get(i) * before.get(n + i))
                && isSame.test(after.get(i) * after.get(n + i))) ? Optional.empty()
                : Optional.of(Problem.of(Normalization.POINTER, "would not leave the map symplectic: every scale of q times that "
                        + "of its p must be the same, for inputs and outputs"));
    }

    /** Volumes are kept where the products of the scales are the same before and after. */
    static Optional<Problem> violationOfVolume(Normalization normalization, List<String> inputs, List<String> outputs) {
        List<Double> before = Normalization.scales(normalization.inputs(), inputs);
        List<Double> after = Normalization.scales(normalization.outputs(), outputs);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.of(fitted("volume-preserving", "whose scales have the same product for inputs and outputs"));
        }
        double ratio = IntStream.range(0, before.size()).mapToDouble(i -> Math.log(after.get(i) / before.get(i))).sum();
        return Math.abs(ratio) <= ROUNDING ? Optional.empty() : Optional.of(Problem.of(Normalization.POINTER,
                "would not keep volumes: the scales must have the same product for inputs and outputs"));
    }

    private static Problem fitted(String structure, String numbers) {
        return Problem.of(Normalization.POINTER, "must be numbers, as fitted ones would not leave the map " + structure
                + ": for inputs and outputs, " + numbers);
    }
}
