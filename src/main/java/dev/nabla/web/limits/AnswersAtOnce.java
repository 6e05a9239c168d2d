package dev.nabla.web.limits;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler that reads or changes a few rows and computes nothing: it is called on the thread of its connection, however
 * many requests wait to be computed. All other handlers are called in the {@link Lane}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AnswersAtOnce {}
