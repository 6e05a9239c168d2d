/**
 * JSON documents: records are what is stated of them, and of that follow reading, checking and the texts of what is wrong.
 */
@NullMarked
package dev.nabla.documents;

import org.jspecify.annotations.NullMarked;
