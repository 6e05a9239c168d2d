package dev.nabla.program;

class KernelEngineTest extends EngineContract {

    @Override
    Engine engine() {
        return new KernelEngine();
    }
}
