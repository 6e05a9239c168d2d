package dev.nabla.program;

import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Leaves each program to the engine that the {@link CostModel} finds the faster one for it. */
public final class AutoEngine implements Engine {

    private final Engine kernels;
    private final Engine nd4j;

    public AutoEngine(Engine kernels, Engine nd4j) {
        this.kernels = kernels;
        this.nd4j = nd4j;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public Executable prepare(SharedValues values, int batch) {
        return faster(values.program(), batch).prepare(values, batch);
    }

    Engine faster(Program program, int batch) {
        return CostModel.ofKernels(program, batch) <= CostModel.ofNd4j(program, batch) ? kernels : nd4j;
    }

    @Override
    public AdamUpdate adam(AdamConstants constants, INDArray parameters, INDArray gradient) {
        return kernels.adam(constants, parameters, gradient);
    }

    @Override
    public LinearUpdate linear(INDArray x, INDArray y, INDArray z) {
        return kernels.linear(x, y, z);
    }

    @Override
    public BooleanSupplier finite(INDArray vector) {
        return kernels.finite(vector);
    }

    @Override
    public DampedLeastSquares leastSquares(int rows, int columns, boolean isOfRows) {
        return kernels.leastSquares(rows, columns, isOfRows);
    }

    @Override
    public QrFactorization qr(int rows, int columns) {
        return kernels.qr(rows, columns);
    }

    @Override
    public void lend(int processors) {
        kernels.lend(processors);
        nd4j.lend(processors);
    }
}
