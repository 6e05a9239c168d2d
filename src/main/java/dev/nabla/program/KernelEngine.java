package dev.nabla.program;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs each instruction as loops over ND4J's memory, which all programs share and which are compiled after the first. */
public final class KernelEngine implements Engine {

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public Executable prepare(Program program, int batch, INDArray shared) {
        return new PreparedProgram(program, batch, shared, KernelStep::of);
    }

    @Override
    public AdamUpdate adam(INDArray parameters, INDArray gradient, INDArray firstMoment, INDArray secondMoment) {
        int size = Math.toIntExact(parameters.length());
        return new AdamUpdate() {
            // The arrays are kept here so that their memory stays while this does.
            private final INDArray[] arrays = {parameters, gradient, firstMoment, secondMoment};
            private final long theta = Memory.first(arrays[0]);
            private final long g = Memory.first(arrays[1]);
            private final long m = Memory.first(arrays[2]);
            private final long v = Memory.first(arrays[3]);

            @Override
            public void run(double learningRate, double beta1, double beta2, double epsilon, int step) {
                Kernels.adam(theta, g, m, v, size, learningRate / (1 - Math.pow(beta1, step)), beta1, beta2, epsilon,
                        Math.sqrt(1 - Math.pow(beta2, step)));
            }
        };
    }
}
