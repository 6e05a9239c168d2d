package dev.nabla.program.engine;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.LinearUpdate;
import dev.nabla.program.Precision;
import dev.nabla.program.QrFactorization;
import dev.nabla.program.SharedValues;
import dev.nabla.program.Slot;
import dev.nabla.program.kernels.KernelWarmUp;
import dev.nabla.program.memory.Tile;
import dev.nabla.program.memory.Tiling;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs each instruction as kernels on ND4J's memory. All programs share the kernels, so that they are compiled once and
 * a new program needs no warm-up.
 */
public final class KernelEngine implements Engine {

    static {
        KernelWarmUp.run();
    }

    private final Team team;
    private final Precision precision;
    private final Engine ofDoubles;

    public KernelEngine() {
        this(Precision.DOUBLE);
    }

    /** @param precision of products, functions, values per sample and moments of Adam that are large enough to gain by it; all else is double */
    public KernelEngine(Precision precision) {
        this(Team.OF_ALL_PROCESSORS, precision);
    }

    KernelEngine(Team team, Precision precision) {
        this.team = team;
        this.precision = precision;
        this.ofDoubles = precision == Precision.DOUBLE ? this : new KernelEngine(team, Precision.DOUBLE);
    }

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public Executable prepare(SharedValues values, int batch) {
        List<Tile> tiles = Tiling.of(values.program(), batch);
        PreparedProgram.Steps steps = (instruction, memory) -> KernelStep.of(instruction, memory, team, precision);
        Set<Slot> floats = precision == Precision.SINGLE ? FloatSlots.of(values.program(), tiles.getFirst().rowLength()) : Set.of();
        if (floats.isEmpty()) {
            return new PreparedProgram(values, tiles, team, steps);
        }
        var guard = new RangeGuard();
        return new PreparedProgram(values, tiles, team, FloatStep.all(team, floats, guard), steps, guard);
    }

    @Override
    public Engine ofDoubles() {
        return ofDoubles;
    }

    @Override
    public AdamUpdate adam(AdamConstants constants, INDArray parameters, INDArray gradient) {
        return precision == Precision.SINGLE && FloatAdam.isFor(constants, parameters.length())
                ? new FloatAdam(team, constants, parameters, gradient) : new DoubleAdam(team, constants, parameters, gradient);
    }

    @Override
    public LinearUpdate linear(INDArray x, INDArray y, INDArray z) {
        return new KernelLinear(team, x, y, z);
    }

    @Override
    public BooleanSupplier finite(INDArray vector) {
        return new KernelFinite(team, vector);
    }

    @Override
    public DampedLeastSquares leastSquares(int rows, int columns, boolean isOfRows) {
        return new KernelLeastSquares(team, rows, columns, isOfRows);
    }

    @Override
    public QrFactorization qr(int rows, int columns) {
        return new KernelQr(team, rows, columns);
    }

    @Override
    public void lend(int processors) {
        team.lend(processors);
    }
}
