package dev.nabla.program;

class Nd4jEngineTest extends EngineContract {

    @Override
    Engine engine() {
        return new Nd4jEngine();
    }
}
