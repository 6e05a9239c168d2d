package dev.nabla.program.engine;

/** Whether, in the present run, a value has left the range of floats or the digits that these have within it. */
final class RangeGuard {

    /** Written by any thread of a team, and read when it has come together. */
    private boolean isLeft;

    void enter() {
        isLeft = false;
    }

    /** @param isInRange whether what was computed is */
    void check(boolean isInRange) {
        if (!isInRange) {
            isLeft = true;
        }
    }

    boolean isLeft() {
        return isLeft;
    }
}
