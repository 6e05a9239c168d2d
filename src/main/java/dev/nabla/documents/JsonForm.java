package dev.nabla.documents;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of the forms in which a record may be written in JSON: that of the one parameter of the static method. A method may
 * throw {@link dev.nabla.problems.InvalidException} with pointers that begin at the value.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface JsonForm {}
