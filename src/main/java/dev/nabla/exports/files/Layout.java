package dev.nabla.exports.files;

import dev.nabla.rendering.Form;

/**
 * How formulas are laid out.
 *
 * @param form whether arrays are written entry by entry
 * @param shareSubexpressions whether what is repeated has a name
 * @param digits the significant ones of numbers that are not whole
 */
public record Layout(Form form, boolean shareSubexpressions, int digits) {}
