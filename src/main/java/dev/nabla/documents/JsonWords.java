package dev.nabla.documents;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The static method that lists the strings that a {@link JsonForm} of a string takes: all of them, unless it takes others too. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface JsonWords {

    /** What else it takes, as in "an equation in x"; empty if nothing. */
    String others() default "";
}
