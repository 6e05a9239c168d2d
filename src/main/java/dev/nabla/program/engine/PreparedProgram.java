package dev.nabla.program.engine;

import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Work;
import dev.nabla.program.CostModel;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.Instruction;
import dev.nabla.program.Program;
import dev.nabla.program.Schedule.Stage;
import dev.nabla.program.SharedValues;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.Doubles;
import dev.nabla.program.kernels.Gathering;
import dev.nabla.program.memory.Memory;
import dev.nabla.program.memory.MemoryPlan;
import dev.nabla.program.memory.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program on its memory, each instruction a step of one engine for every tile of the batch. */
public final class PreparedProgram implements Executable {

    /** Before a step that takes so long it is looked whether anybody waits for it. */
    private static final double MANY_NANOS = 1e7;

    /** What instructions are computed by. */
    @FunctionalInterface
    public interface Steps {

        Runnable of(Instruction instruction, Memory memory);
    }

    private final Program program;
    private final int batch;
    private final Tile[] tiles;
    private final Memory[] memories;
    private final Input[] inputs;
    private final Runnable steps;
    /** What is done again where a value has left the range of the others. */
    private final Runnable stepsOfDoubles;
    private final RangeGuard guard;
    private final INDArray own;

    /**
     * @param tiles all of one row length
     * @param team what several tiles may be shared among
     */
    public PreparedProgram(SharedValues values, List<Tile> tiles, Team team, Steps steps) {
        this(values, tiles, team, steps, steps, new RangeGuard());
    }

    /**
     * With floats in memory; a run that leaves their range is done again with doubles in memory.
     *
     * @param guard is told by the steps of floats of what leaves their range
     */
    PreparedProgram(SharedValues values, List<Tile> tiles, Team team, Steps ofFloats, Steps ofDoubles, RangeGuard guard) {
        this.program = values.program();
        INDArray shared = values.array();
        this.batch = tiles.stream().mapToInt(Tile::samples).sum();
        this.tiles = tiles.toArray(Tile[]::new);
        int rowLength = tiles.getFirst().rowLength();
        var plan = MemoryPlan.of(program, rowLength, tiles.size() > 1, instruction -> KernelStep.scratch(instruction, rowLength));
        this.own = FlatVector.allocate(plan.commonSize() + tiles.size() * plan.tileSize());
        this.memories = new Memory[this.tiles.length];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new Memory(program, plan, this.tiles[i], shared, own,
                    plan.commonSize() + i * plan.tileSize());
        }
        var whole = new Memory(program, plan, Tile.whole(batch), shared, own, plan.commonSize());
        this.inputs = program.symbols().entrySet().stream().filter(entry -> entry.getValue().perSample())
                .map(entry -> new Input(entry.getKey(), entry.getKey().shape().size(), Stream.of(memories)
                        .mapToLong(memory -> memory.first(entry.getValue())).toArray())).toArray(Input[]::new);
        program.schedule().constants().forEach(instruction -> ofDoubles.of(instruction, whole).run());
        this.guard = guard;
        this.steps = inOrder(whole, team, ofFloats);
        this.stepsOfDoubles = ofFloats == ofDoubles ? steps : inOrder(whole, team, ofDoubles);
    }

    private Runnable inOrder(Memory whole, Team team, Steps steps) {
        var inOrder = new ArrayList<Runnable>();
        for (Stage stage : program.schedule().stages()) {
            if (!stage.perSample()) {
                inOrder.addAll(of(stage, whole, steps));
            } else if (memories.length == 1) {
                inOrder.addAll(of(stage, memories[0], steps));
            } else {
                Runnable[] ofTiles = Stream.of(memories).map(memory -> StepsInOrder.byLoop(of(stage, memory, steps)))
                        .toArray(Runnable[]::new);
                inOrder.add(team.inParts(tiles.length, tile -> ofTiles[tile].run(), nanos(stage)));
                inOrder.add(new PartialSums(stage, memories));
            }
        }
        return StepsInOrder.of(inOrder, program.schedule().stages().stream().mapToDouble(this::nanos).sum());
    }

    private static List<Runnable> of(Stage stage, Memory memory, Steps steps) {
        return stage.instructions().stream().map(instruction -> {
            Runnable run = steps.of(instruction, memory);
            return CostModel.ofKernels(instruction, memory.samples()) < MANY_NANOS ? run : (Runnable) () -> {
                Work.spend(0);
                run.run();
            };
        }).toList();
    }

    private double nanos(Stage stage) {
        return stage.instructions().stream().mapToDouble(instruction -> CostModel.ofKernels(instruction, batch)).sum();
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void load(Symbol symbol, double[] rows, int[] order, int from) {
        for (Input input : inputs) {
            // Equal symbols are one, and of those per sample there are few.
            if (input.symbol == symbol) {
                for (int i = 0; i < tiles.length; i++) {
                    Gathering.compute(rows, input.entries, order, from + tiles[i].firstSample(), tiles[i].samples(),
                            input.places[i], tiles[i].rowLength());
                }
                return;
            }
        }
        throw new IllegalArgumentException("no value per sample for " + symbol.name());
    }

    /** A per-sample symbol, how many entries it has, and where they are in every tile. */
    private record Input(Symbol symbol, int entries, long[] places) {}

    @Override
    public long bytes() {
        return Double.BYTES * own.length();
    }

    @Override
    public void close() {
        FlatVector.free(own);
    }

    @Override
    public void run() {
        guard.enter();
        steps.run();
        if (guard.isLeft()) {
            stepsOfDoubles.run();
        }
    }

    @Override
    public void copy(int output, long place, long entryStep, long sampleStep) {
        Slot slot = program.outputs().get(output);
        int entries = slot.shape().size();
        for (int i = 0; i < tiles.length; i++) {
            long first = memories[i].first(slot);
            long rowStep = slot.perSample() ? tiles[i].rowLength() : 1;
            long next = slot.perSample() ? 1 : 0;
            for (int e = 0; e < entries; e++) {
                long from = first + e * rowStep;
                long to = place + e * entryStep + tiles[i].firstSample() * sampleStep;
                for (int s = 0; s < tiles[i].samples(); s++) {
                    Doubles.set(to + s * sampleStep, Doubles.get(from + s * next));
                }
            }
        }
    }

    @Override
    public double[][] output(int output) {
        Slot slot = program.outputs().get(output);
        int entries = slot.shape().size();
        // One by one, as arrays of arrays at once are made by the runtime, which takes longer than to compute a small network.
        double[][] rows = new double[batch][];
        for (int i = 0; i < tiles.length; i++) {
            long first = memories[i].first(slot);
            long entryStep = slot.perSample() ? tiles[i].rowLength() : 1;
            long next = slot.perSample() ? 1 : 0;
            for (int s = 0; s < tiles[i].samples(); s++) {
                double[] row = new double[entries];
                for (int e = 0; e < entries; e++) {
                    row[e] = Doubles.get(first + e * entryStep + s * next);
                }
                rows[tiles[i].firstSample() + s] = row;
            }
        }
        return rows;
    }

    @Override
    public double[] scalars(int output) {
        Slot slot = program.outputs().get(output);
        long next = slot.perSample() ? 1 : 0;
        double[] values = new double[batch];
        for (int i = 0; i < tiles.length; i++) {
            long first = memories[i].first(slot);
            for (int s = 0; s < tiles[i].samples(); s++) {
                values[tiles[i].firstSample() + s] = Doubles.get(first + s * next);
            }
        }
        return values;
    }
}
