package dev.nabla.web;

import dev.nabla.web.limits.AnswersAtOnce;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** A handler that changes name and tags of a resource, by a merge patch (RFC 7396). */
@AnswersAtOnce
@RequestMapping(method = RequestMethod.PATCH, path = "/{id}",
        consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Relabelling {}
