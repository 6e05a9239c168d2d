package dev.nabla.program.nd4j;

import dev.nabla.program.Engine;
import dev.nabla.program.EngineContract;

class Nd4jEngineTest extends EngineContract {

    @Override
    protected Engine engine() {
        return new Nd4jEngine();
    }
}
