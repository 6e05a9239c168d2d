package dev.nabla.trajectories;

/** z ↦ F(z). */
final class IterationStep implements Step {

    private final States states;
    private final StateFunction map;

    IterationStep(StateFunction map, States states) {
        this.states = states;
        this.map = map;
    }

    @Override
    public void advance() {
        double[][] next = map.at(states.values());
        for (int s = 0; s < next.length; s++) {
            System.arraycopy(next[s], 0, states.values(), s * states.dimension(), states.dimension());
        }
    }
}
