package dev.nabla.web;

import dev.nabla.web.limits.AnswersAtOnce;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A handler that deletes a resource, and answers 204. */
@AnswersAtOnce
@RequestMapping(method = RequestMethod.DELETE, path = "/{id}")
@ResponseStatus(HttpStatus.NO_CONTENT)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Deletion {}
