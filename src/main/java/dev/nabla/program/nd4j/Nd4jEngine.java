package dev.nabla.program.nd4j;

import dev.nabla.program.AdamConstants;
import dev.nabla.program.AdamUpdate;
import dev.nabla.program.DampedLeastSquares;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.FlatVector;
import dev.nabla.program.LinearUpdate;
import dev.nabla.program.QrFactorization;
import dev.nabla.program.SharedValues;
import dev.nabla.program.engine.KernelLeastSquares;
import dev.nabla.program.engine.KernelQr;
import dev.nabla.program.engine.PreparedProgram;
import dev.nabla.program.engine.Team;
import dev.nabla.program.memory.Tile;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs each instruction as one or a few ND4J operations: the reference for other engines. */
public final class Nd4jEngine implements Engine {

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Executable prepare(SharedValues values, int batch) {
        return new PreparedProgram(values, List.of(Tile.whole(batch)), Team.OF_ALL_PROCESSORS, Nd4jStep::of);
    }

    @Override
    public AdamUpdate adam(AdamConstants constants, INDArray parameters, INDArray gradient) {
        return new Nd4jAdam(constants, parameters, gradient);
    }

    @Override
    public LinearUpdate linear(INDArray x, INDArray y, INDArray z) {
        return (c, d) -> z.assign(x.mul(c).addi(y.mul(d)));
    }

    @Override
    public BooleanSupplier finite(INDArray vector) {
        return new FlatVector(vector)::isFinite;
    }

    @Override
    public DampedLeastSquares leastSquares(int rows, int columns, boolean isOfRows) {
        return new KernelLeastSquares(Team.OF_ALL_PROCESSORS, rows, columns, isOfRows);
    }

    @Override
    public QrFactorization qr(int rows, int columns) {
        return new KernelQr(Team.OF_ALL_PROCESSORS, rows, columns);
    }

    /** Loads ND4J's native library and runs one operation, so that no request waits for it. */
    public static void start() {
        INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1);
        if (one.mmul(one).getDouble(0) != 1) {
            throw new IllegalStateException("ND4J does not compute");
        }
    }
}
