/** Trainings over HTTP. */
@NullMarked
package dev.nabla.web.trainings;

import org.jspecify.annotations.NullMarked;

