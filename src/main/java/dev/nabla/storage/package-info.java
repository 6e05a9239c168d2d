/** Networks, datasets, trainings and models in SQL: the same statements for H2 and PostgreSQL. */
@NullMarked
package dev.nabla.storage;

import org.jspecify.annotations.NullMarked;

