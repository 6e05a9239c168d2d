package dev.nabla.benchmark;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** PyTorch's native library. */
final class PyTorch {

    static final String ENGINE = "PyTorch";

    private PyTorch() {}

    /** @param threads that work on one operation, from now on and for all of the process */
    static NDManager manager(int threads) {
        NDManager manager = NDManager.newBaseManager(ENGINE);
        JniUtils.setNumThreads(threads);
        return manager;
    }
}
