package dev.nabla;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class of tests of the service in the tests' own process, of which one runs at a time: they share databases, logs and what the
 * process may hold. Of other classes one runs beside it, or two where it does not.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ResourceLock("service in this process")
public @interface ServiceInThisProcess {
}
