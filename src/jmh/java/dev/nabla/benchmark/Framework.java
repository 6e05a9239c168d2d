package dev.nabla.benchmark;

import dev.nabla.program.Precision;
import dev.nabla.program.engine.KernelEngine;
import dev.nabla.program.nd4j.Nd4jEngine;

/** What trains; each with its threads by default, but for PyTorch, whose number of threads is the last of its name. */
public enum Framework {

    NABLA_KERNELS {
        @Override
        Peer peer(Regression task) {
            return new NablaPeer(task.trainer(new KernelEngine()), task.initialParameters());
        }
    },
    NABLA_SINGLE {
        @Override
        Peer peer(Regression task) {
            return new NablaPeer(task.trainer(new KernelEngine(Precision.SINGLE)), task.initialParameters());
        }
    },
    NABLA_ND4J {
        @Override
        Peer peer(Regression task) {
            return new NablaPeer(task.trainer(new Nd4jEngine()), task.initialParameters());
        }
    },
    SAMEDIFF {
        @Override
        Peer peer(Regression task) {
            return new SameDiffPeer(task);
        }
    },
    DL4J {
        @Override
        Peer peer(Regression task) {
            return new Dl4jPeer(task);
        }
    },
    PYTORCH_1 {
        @Override
        Peer peer(Regression task) {
            return new PyTorchPeer(task, 1);
        }
    },
    PYTORCH_2 {
        @Override
        Peer peer(Regression task) {
            return new PyTorchPeer(task, 2);
        }
    };

    /** A training that has not begun. */
    abstract Peer peer(Regression task);
}
