package dev.nabla.training;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Interval;
import dev.nabla.losses.Loss;
import dev.nabla.network.Network;
import dev.nabla.network.layers.ParameterLayout;
import dev.nabla.problems.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Targets that a network cannot give whatever its parameters are, as its last function has other values: 3 after tanh, or 0 as
 * a probability where what should be a logit is nowhere negative.
 */
public final class UnreachableTargets {

    private static final double ROUNDING = 1e-9;

    private UnreachableTargets() {}

    /**
     * The warning, if some are.
     *
     * @param own in the order of the network, with targets that the loss takes
     * @param initial the parameters that the training begins with
     * @param pointer where the request has the dataset
     */
    public static Optional<Warning> of(Network network, Samples own, Loss loss, double[] initial, String pointer) {
        List<Interval> reach = loss.reach(network, values(network.parameters(), initial));
        var beyond = new ArrayList<String>();
        for (int i = 0; i < own.targetDimension(); i++) {
            Column targets = Column.of(own.targets(), own.targetDimension(), i);
            double rounding = ROUNDING * Math.max(Math.abs(targets.least()), Math.abs(targets.greatest()));
            if (targets.least() < reach.get(i).low() - rounding || targets.greatest() > reach.get(i).high() + rounding) {
                beyond.add(String.format(Locale.ROOT, "%s (from %.3g to %.3g, out of %s)", own.targetNames().get(i),
                        targets.least(), targets.greatest(), shown(reach.get(i))));
            }
        }
        return beyond.isEmpty() ? Optional.empty() : Optional.of(new Warning(pointer, "the targets "
                + ScaleWarnings.listed(beyond) + " are beyond what the network can give whatever its parameters are: give the "
                + "last layer the activation \"identity\"" + (loss.isOfLogits() ? "" : ", or the network \"normalization\": "
                        + "{\"outputs\": \"min-max\"}")));
    }

    private static String shown(Interval reach) {
        return String.format(Locale.ROOT, "%s%.3g, %.3g%s", Double.isInfinite(reach.low()) ? "(" : "[", reach.low(), reach.high(),
                Double.isInfinite(reach.high()) ? ")" : "]");
    }

    /** What symbols can be: parameters that are not trained what they are, coefficients what is within their bounds. */
    private static Function<Symbol, Interval> values(ParameterLayout layout, double[] initial) {
        Map<Symbol, Interval> known = new HashMap<>();
        for (int i = 0; i < layout.parameters().size(); i++) {
            int from = layout.offset(i);
            int size = layout.parameters().get(i).size();
            Symbol symbol = layout.symbols().get(i);
            layout.parameters().get(i).coefficient().ifPresent(setting -> known.put(symbol, setting.isTrainable()
                    ? new Interval(setting.min(), setting.max())
                    : Arrays.stream(initial, from, from + size).mapToObj(value -> new Interval(value, value))
                            .reduce(Interval::or).orElse(Interval.ALL)));
        }
        return symbol -> known.getOrDefault(symbol, Interval.ALL);
    }
}
