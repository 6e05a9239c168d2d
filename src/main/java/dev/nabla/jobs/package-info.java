/** The training-job executor: a queue in the database that replicas share, progress and cancellation. */
@NullMarked
package dev.nabla.jobs;

import org.jspecify.annotations.NullMarked;

