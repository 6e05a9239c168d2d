/** What is taken away, and the files it becomes. */
@NullMarked
package dev.nabla.exports.files;

import org.jspecify.annotations.NullMarked;
