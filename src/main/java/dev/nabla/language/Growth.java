package dev.nabla.language;

import java.util.function.Supplier;

/**
 * How many nodes the derivatives and calls add of equations that are read together, such as those of a model: of a short text
 * they may make any number. A call is counted before it is built. This bounds the memory of what is kept of one text, whoever
 * reads it; {@link dev.nabla.expression.Work} bounds the time of a request, whatever that is spent on.
 */
public final class Growth {

    static final long MAX_NODES = 500_000;

    private static final ScopedValue<Growth> CURRENT = ScopedValue.newInstance();

    private final boolean isLimited;
    private long nodes;

    private Growth(boolean isLimited) {
        this.isLimited = isLimited;
    }

    /** Reads equations whose derivatives and calls are counted together, also with those of who reads these among others. */
    public static <T> T together(Supplier<T> reading) {
        return CURRENT.isBound() ? reading.get() : within(new Growth(true), reading);
    }

    /** Reads or builds again what was counted already. */
    public static <T> T counted(Supplier<T> reading) {
        return within(new Growth(false), reading);
    }

    private static <T> T within(Growth growth, Supplier<T> reading) {
        return ScopedValue.where(CURRENT, growth).call(reading::get);
    }

    /** @throws EquationException at the name if that is more than may be added */
    static void add(Token name, long nodes) {
        Growth growth = CURRENT.get();
        long all = growth.nodes + nodes;
        if (growth.isLimited && all > MAX_NODES) {
            throw new EquationException(name.position(), "with '" + name.text() + "' the derivatives and calls so far would "
                    + "have " + all + " nodes, more than " + MAX_NODES);
        }
        growth.nodes = all;
    }
}
