package dev.nabla.losses;

import dev.nabla.datasets.Samples;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Work;
import dev.nabla.network.Network;
import dev.nabla.program.DampedLeastSquares.Rows;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Program;
import dev.nabla.program.ReadyProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The residuals of a part of a loss that is a sum of their squares, and their Jacobian matrix. Those of a sample follow one
 * another: of the first term, row-major, of the second, and so on.
 */
public final class ResidualProgram {

    private final Optional<Symbol> targets;
    private final List<Integer> termNumbers;
    private final int samples;
    private final Symbol inputs;
    private final Symbol firstParameter;
    private final int parameterCount;
    private final int[] sizes;
    private final int perSample;
    private final int[] entriesOfColumns;
    private final Compiled residuals;
    private final Compiled jacobian;
    private Samples drawn;

    /** A program on values of its own. */
    private record Compiled(ReadyProgram ready, int largestBatch, double workOfSample) {

        static Compiled of(List<Expression> outputs, List<Symbol> symbols, Engine engine) {
            Program program = Program.compile(outputs, symbols);
            return new Compiled(new ReadyProgram(program, engine), program.largestBatch(),
                    program.workOfRun(program.largestBatch()) / program.largestBatch());
        }
    }

    /** @param fixed the paths of parameters that have no column */
    public ResidualProgram(Network network, LossPart part, Set<String> fixed, Engine engine) {
        this.targets = part.targets();
        this.termNumbers = part.termNumbers();
        this.samples = part.size();
        this.drawn = part.samples();
        this.inputs = network.inputs();
        List<Symbol> parameters = network.parameters().symbols();
        this.firstParameter = parameters.getFirst();
        this.parameterCount = network.parameters().size();
        List<Expression> arrays = part.residuals().stream().map(LossPart.Residual::scaled).toList();
        this.sizes = arrays.stream().mapToInt(array -> array.shape().size()).toArray();
        this.perSample = IntStream.of(sizes).sum();
        List<Symbol> symbols = new ArrayList<>(parameters);
        symbols.add(inputs);
        part.targets().ifPresent(symbols::add);
        this.residuals = Compiled.of(arrays, symbols, engine);
        List<Expression> moving = parameters.stream().filter(symbol -> !fixed.contains(symbol.name()))
                .map(Expression.class::cast).toList();
        this.entriesOfColumns = moving.stream().mapToInt(symbol -> symbol.shape().size()).toArray();
        List<Expression> derivatives = new ArrayList<>();
        for (Expression array : arrays) {
            for (int i = 0; i < array.shape().size(); i++) {
                derivatives.addAll(Derivative.gradient(LinearAlgebra.entry(array, array.shape().index(i)), moving));
            }
        }
        this.jacobian = Compiled.of(derivatives, symbols, engine);
    }

    /** Takes others, as many, for the samples of the part. */
    public void setSamples(Samples others) {
        this.drawn = others;
    }

    /** How many there are for all samples. */
    public long count() {
        return (long) perSample * samples;
    }

    /**
     * Computes the residuals of all samples.
     *
     * @param parameters all of the network
     * @param place where the first goes; the others go behind it
     */
    public void compute(double[] parameters, long place) {
        inBatches(residuals, parameters, (executable, sample) -> {
            long first = place + (long) sample * perSample;
            for (int i = 0; i < sizes.length; i++) {
                executable.copy(i, first, 1, perSample);
                first += sizes[i];
            }
        });
    }

    /**
     * Computes the derivatives of all residuals by the parameters that move.
     *
     * @param rows where they go
     */
    public void linearize(double[] parameters, Rows rows) {
        inBatches(jacobian, parameters, (executable, sample) -> {
            int output = 0;
            for (int i = 0; i < perSample; i++) {
                long place = rows.from((long) sample * perSample + i).place();
                for (int entries : entriesOfColumns) {
                    executable.copy(output, place, rows.columnStep(), perSample * rows.rowStep());
                    place += entries * rows.columnStep();
                    output++;
                }
            }
        });
    }

    /** Gives memory back; nothing can be computed any more. */
    public void free() {
        residuals.ready.free();
        jacobian.ready.free();
    }

    /** What is to be done with a batch that begins with a sample. */
    private interface OfBatch {

        void take(Executable executable, int firstSample);
    }

    private void inBatches(Compiled program, double[] parameters, OfBatch batch) {
        program.ready.values().from(firstParameter, parameterCount).assign(Nd4j.createFromArray(parameters));
        int[] order = Executable.ascending(samples);
        for (int from = 0; from < samples; from += program.largestBatch) {
            Executable executable = program.ready.of(Math.min(program.largestBatch, samples - from));
            Work.spend(program.workOfSample * executable.batch());
            executable.load(inputs, drawn.inputs(), order, from);
            if (targets.isPresent()) {
                executable.load(targets.get(), drawn.targets(), order, from);
            }
            executable.run();
            batch.take(executable, from);
        }
    }

    /**
     * Adds the sums of squares of the residuals of each term at its number; of a loss that has a name nothing.
     *
     * @param first where the first residual of the part stands
     */
    public void addTermsTo(double[] sums, FlatVector all, int first) {
        int next = first;
        for (int sample = 0; sample < samples; sample++) {
            for (int i = 0; i < sizes.length; i++) {
                for (int entry = 0; entry < sizes[i]; entry++) {
                    double residual = all.get(next++);
                    if (!termNumbers.isEmpty()) {
                        sums[termNumbers.get(i)] += residual * residual;
                    }
                }
            }
        }
    }
}
