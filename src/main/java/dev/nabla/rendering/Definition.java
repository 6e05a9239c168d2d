package dev.nabla.rendering;

/** A subexpression with a name of its own, which later definitions and the printed expression refer to. */
public record Definition(String name, String expression) {}
