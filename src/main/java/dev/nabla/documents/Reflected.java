package dev.nabla.documents;

import com.google.common.base.Throwables;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Calls by reflection, which throw what the called throws. */
final class Reflected {

    private Reflected() {}

    interface Call<T extends @Nullable Object> {
        T make() throws ReflectiveOperationException;
    }

    static <T extends @Nullable Object> T value(Call<T> call) {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            Throwables.throwIfUnchecked(e.getTargetException());
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
