package dev.nabla.storage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose networks, datasets, trainings and models they are. Whatever the repositories find, list, change and delete is of the
 * owner on whose behalf the thread works: to everybody else it is not there.
 *
 * @param name matches {@value #NAME}
 */
public record Owner(String name) {

    /** What names there are: visible ASCII, as that of an OpenID subject. */
    public static final String NAME = "^[!-~]{1,200}$";

    private static final Pattern VALID = Pattern.compile(NAME);

    /** Whose everything is where nobody has to say who he is. */
    public static final Owner LOCAL = new Owner("local");

    private static final ScopedValue<Owner> CURRENT = ScopedValue.newInstance();

    public Owner {
        if (!isName(name)) {
            throw new IllegalArgumentException("the name of an owner must have 1 to 200 visible ASCII characters");
        }
    }

    /** Whether an owner can be called so. */
    public static boolean isName(String name) {
        return VALID.matcher(name).matches();
    }

    /** Does something on behalf of this owner, on this thread. */
    public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> task) throws X {
        return ScopedValue.where(CURRENT, this).call(task);
    }

    /** Does something on behalf of this owner, on this thread. */
    public void run(Runnable task) {
        ScopedValue.where(CURRENT, this).run(task);
    }

    /** On whose behalf this thread works, if it does. */
    public static Optional<Owner> known() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * On whose behalf this thread works.
     *
     * @throws IllegalStateException if nobody's
     */
    public static Owner current() {
        return CURRENT.orElseThrow(() -> new IllegalStateException("what is stored has an owner: work within Owner.call"));
    }
}
