package dev.nabla.benchmark;

import com.sun.management.ThreadMXBean;
import dev.nabla.datasets.Samples;
import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Expression;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.MemoryBudget;
import dev.nabla.expression.MemoryBudget.Place;
import dev.nabla.expression.Work;
import dev.nabla.losses.Loss;
import dev.nabla.network.GlorotUniform;
import dev.nabla.network.Network;
import dev.nabla.network.layers.Activation;
import dev.nabla.optimizers.GaussNewtonSettings;
import dev.nabla.optimizers.OptimizerSettings;
import dev.nabla.program.Program;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.training.EpochLosses;
import dev.nabla.training.Trainer;
import dev.nabla.training.TrainingProgress;
import dev.nabla.training.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What is measured against one size of a problem, all else of which stays as it is. */
public enum Growing {

    GRADIENT_BY_DEPTH("the gradient by all parameters, as expressions", "layers of 16 units", 8, 1, 1) {
        @Override
        Task at(int layers) {
            return derivation(layers, 16, Growing::gradient);
        }
    },
    GRADIENT_BY_WIDTH("the same", "units of 3 layers", 16, 0, 0) {
        @Override
        Task at(int units) {
            return derivation(3, units, Growing::gradient);
        }
    },
    HESSIAN_BY_DEPTH("the Hessian matrix by the inputs, as an expression", "layers of 16 units", 8, 1, 1) {
        @Override
        Task at(int layers) {
            return derivation(layers, 16, network -> List.of(Quantity.HESSIAN.of(network)));
        }
    },
    PROGRAM_BY_DEPTH("the program of output and gradient", "layers of 16 units", 8, 1, 1) {
        @Override
        Task at(int layers) {
            Network network = network(layers, 16);
            List<Expression> outputs = gradient(network);
            List<Symbol> symbols = new ArrayList<>(network.parameters().symbols());
            symbols.add(network.inputs());
            return Task.allocating(1, () -> Program.compile(outputs, symbols));
        }
    },
    STEP_BY_WIDTH("a step of Adam", "units of 3 layers, 64 samples", 32, 2, 2) {
        @Override
        Task at(int units) {
            return steps(network(3, units), 64);
        }
    },
    STEP_BY_DEPTH("the same", "layers of 64 units, 64 samples", 4, 1, 1) {
        @Override
        Task at(int layers) {
            return steps(network(layers, 64), 64);
        }
    },
    STEP_BY_BATCH("the same", "samples, 3 layers of 64 units", 64, 1, 1) {
        @Override
        Task at(int samples) {
            return steps(network(3, 64), samples);
        }
    },
    GAUSS_NEWTON_BY_PARAMETERS("an iteration of Gauss–Newton", "units of one layer (4 parameters each), 4096 residuals", 32, 2, 2) {
        @Override
        Task at(int units) {
            return iterations(units, 4096);
        }
    },
    GAUSS_NEWTON_BY_RESIDUALS("the same", "residuals, 257 parameters", 512, 1, 1) {
        @Override
        Task at(int residuals) {
            return iterations(64, residuals);
        }
    },
    GAUSS_NEWTON_BY_FEW_RESIDUALS("the same, a system for the residuals", "residuals, 4097 parameters", 64, 2, 2) {
        @Override
        Task at(int residuals) {
            return iterations(1024, residuals);
        }
    };

    /** How often a size is doubled. */
    static final int DOUBLINGS = 4;

    private static final long SEED = 1;
    private static final int STEPS = 64;
    private static final int ITERATIONS = 4;

    private final String what;
    private final String size;
    private final int least;
    private final double theory;
    private final double theoryOfMemory;

    /**
     * @param size what grows
     * @param least the size before it is doubled
     * @param theory the exponent of the time for large sizes
     * @param theoryOfMemory that of the memory
     */
    Growing(String what, String size, int least, double theory, double theoryOfMemory) {
        this.what = what;
        this.size = size;
        this.least = least;
        this.theory = theory;
        this.theoryOfMemory = theoryOfMemory;
    }

    /**
     * What is done for one size.
     *
     * @param operations how many of them that is
     * @param bytes the memory that one takes
     */
    record Task(int operations, Supplier<Object> work, long bytes) {

        /** Of which the memory is what this thread takes from the heap. */
        private static Task allocating(int operations, Supplier<Object> work) {
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            Object first = work.get();
            long before = threads.getCurrentThreadAllocatedBytes();
            Object second = work.get();
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            if (first == second) {
                throw new IllegalStateException("it is kept");
            }
            return new Task(operations, work, bytes);
        }
    }

    abstract Task at(int size);

    int size(int doublings) {
        return least << doublings;
    }

    String what() {
        return what;
    }

    String axis() {
        return size;
    }

    double theory() {
        return theory;
    }

    double theoryOfMemory() {
        return theoryOfMemory;
    }

    private static Network network(int layers, int units) {
        return Chains.network("2" + ("-" + units).repeat(layers) + "-1", Activation.IDENTITY, true);
    }

    private static List<Expression> gradient(Network network) {
        Expression output = LinearAlgebra.entry(network.outputs(), 0);
        var all = new ArrayList<>(List.of(output));
        all.addAll(Derivative.gradient(output, List.copyOf(network.parameters().symbols())));
        return all;
    }

    private interface Derivation {
        List<Expression> of(Network network);
    }

    private static Task derivation(int layers, int units, Derivation derivation) {
        Network network = network(layers, units);
        return Task.allocating(1, () -> derivation.of(network));
    }

    private static Task steps(Network network, int batch) {
        return training(network, batch * STEPS, Regression.ADAM, batch, 1, STEPS);
    }

    private static Task iterations(int units, int residuals) {
        return training(network(1, units), residuals, GaussNewtonSettings.DEFAULT, residuals, ITERATIONS, ITERATIONS);
    }

    /** Whole trainings; the memory is what one holds when it makes its first step. */
    private static Task training(Network network, int samples, OptimizerSettings optimizer, int batch, int epochs, int operations) {
        var random = new SplittableRandom(SEED);
        var data = new Samples(List.of("x1", "x2"), List.of("y1"), random.doubles(2L * samples, -1, 1).toArray(),
                random.doubles(samples, -1, 1).toArray());
        var settings = new TrainingSettings(Loss.MSE, epochs, batch, false, SEED, optimizer);
        double[] initial = GlorotUniform.parameters(network.parameters(), SEED);
        var budget = new MemoryBudget("growth", Long.MAX_VALUE, () -> Long.MAX_VALUE);
        long[] held = new long[1];
        try (var work = new Work(Long.MAX_VALUE, budget)) {
            work.run(() -> new Trainer(network, data, settings, new KernelEngine()).train(initial, new TrainingProgress() {
                @Override
                public void begins(int stepsPerEpoch) {
                    held[0] = budget.held(Place.HEAP) + budget.held(Place.OFF_HEAP);
                }

                @Override
                public void epochFinished(int epoch, EpochLosses losses) {}
            }));
        }
        var trainer = new Trainer(network, data, settings, new KernelEngine());
        return new Task(operations, () -> trainer.train(initial, (_, _) -> {}), held[0]);
    }
}
