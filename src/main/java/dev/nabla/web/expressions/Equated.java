package dev.nabla.web.expressions;

import static java.util.Objects.requireNonNull;

import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Work;
import dev.nabla.expression.Work.Taken;
import dev.nabla.network.Network;
import dev.nabla.program.Engine;
import dev.nabla.program.Evaluation;
import dev.nabla.program.KeptEvaluation;
import dev.nabla.storage.FoundModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Expressions about a network with values of its parameters, compiled when they are first computed. */
public final class Equated {

    private static final long BYTES_AT_LEAST = 1 << 13;

    private final Optional<Key> key;
    private final Network network;
    private final List<Expression> expressions;
    private final List<Symbol> symbols;
    private final double[] flat;
    private final Taken before;
    private @Nullable Compiled compiled;

    /** What equations are about a model with its own parameters, by their texts in order. */
    record Key(UUID model, List<String> equations) {

        /** @param model of which it was asked just now whether it is there, for its owner */
        Key(FoundModel model, List<String> equations) {
            this(model.id(), List.copyOf(equations));
        }

        private long characters() {
            return equations.stream().mapToLong(String::length).sum();
        }
    }

    /** @param took what it took to make all of it */
    private record Compiled(Map<Symbol, double[]> parameters, Evaluation evaluation, Optional<KeptEvaluation> kept, Taken took) {}

    /**
     * @param key of a model with its own parameters
     * @param parameters the flat vector
     * @param before what was taken of the work when it was begun to make this
     */
    Equated(Optional<Key> key, Network network, List<Expression> expressions, double[] parameters, Taken before) {
        this.key = key;
        this.network = network;
        this.expressions = expressions;
        this.symbols = new ArrayList<>(network.parameters().symbols());
        symbols.add(network.inputs());
        this.flat = parameters;
        this.before = before;
    }

    Optional<Key> key() {
        return key;
    }

    public Network network() {
        return network;
    }

    public List<Expression> expressions() {
        return expressions;
    }

    /** All symbols that have a value: the parameters and the inputs. */
    List<Symbol> symbols() {
        return symbols;
    }

    /** Compiles it, unless it is; only then may other threads use it too. */
    void compile(Engine engine) {
        if (compiled == null) {
            Map<Symbol, double[]> parameters = network.parameters().split(flat);
            var evaluation = Evaluation.watched(expressions, symbols, engine);
            compiled = new Compiled(parameters, evaluation, key.map(_ -> new KeptEvaluation(evaluation, parameters)),
                    Work.taken().since(before));
        }
    }

    private Compiled compiled() {
        return requireNonNull(compiled);
    }

    /** The values of each expression, {@code [expression][sample][entry]}, for rows of the inputs. */
    double[][][] evaluate(double[][] inputs) {
        Map<Symbol, double[][]> rows = Map.of(network.inputs(), inputs);
        return compiled().kept().map(evaluation -> evaluation.evaluate(rows, inputs.length))
                .orElseGet(() -> compiled().evaluation().evaluate(parameters(), rows, inputs.length));
    }

    /** The values of the parameters, row-major. */
    Map<Symbol, double[]> parameters() {
        return compiled().parameters();
    }

    /** What it took to make and to compile it, in nanoseconds of {@link Work}. */
    double nanos() {
        return compiled().took().nanos();
    }

    /** What it holds on the heap, and what it keeps outside. */
    long bytes() {
        return BYTES_AT_LEAST + compiled().kept().map(KeptEvaluation::bytes).orElse(0L)
                + Math.max(0, compiled().took().bytes()) + 2L * Double.BYTES * flat.length
                + Character.BYTES * key.map(Key::characters).orElse(0L);
    }

    /** Keeps no memory outside of the heap any more; it may go on to be computed. */
    void close() {
        compiled().kept().ifPresent(KeptEvaluation::close);
    }
}
