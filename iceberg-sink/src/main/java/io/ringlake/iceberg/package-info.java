/**
 * Rows of Spark into an Iceberg table, batch by batch, each of them once. Knows neither Cassandra
 * nor jobs.
 */
@NullMarked
package io.ringlake.iceberg;

import org.jspecify.annotations.NullMarked;
