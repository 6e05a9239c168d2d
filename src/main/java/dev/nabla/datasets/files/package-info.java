/**
 * Tables as people have them in files: any delimiter, decimal commas, headers of any text, missing values, columns of
 * words.
 */
@NullMarked
package dev.nabla.datasets.files;

import org.jspecify.annotations.NullMarked;
