package dev.nabla.trajectories;

import dev.nabla.expression.Work;
import dev.nabla.program.Engine;
import dev.nabla.program.Executable;
import dev.nabla.program.Program;
import dev.nabla.program.SharedValues;

/** Expressions of a state, prepared once and computed for as many batches of states as there are steps. */
final class StateFunction {

    private final DynamicalSystem system;
    private final Executable executable;
    private final int[] order;
    private final double work;

    /** @param program compiled with the symbols of the system */
    StateFunction(Program program, DynamicalSystem system, int batch, Engine engine) {
        this.system = system;
        var values = new SharedValues(program);
        system.parameters().forEach(values::set);
        this.executable = engine.prepare(values, batch);
        this.work = program.workOfRun(batch);
        this.order = Executable.ascending(batch);
    }

    /** Computes all expressions at a batch of states, one behind the other, and returns the first. */
    double[][] at(double[] states) {
        Work.spend(work);
        executable.load(system.state(), states, order, 0);
        executable.run();
        return executable.output(0);
    }

    /** The expression of this number at the states of the last computation: for each state its entries. */
    double[][] output(int expression) {
        return executable.output(expression);
    }
}
