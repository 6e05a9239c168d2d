/** The training-job executor: a queue in the database that replicas share by leases, turns on the processors, states to go on from. */
@NullMarked
package dev.nabla.jobs;

import org.jspecify.annotations.NullMarked;

