/**
 * Values in Cassandra's own form: their bytes, and the tokens of partition keys. Knows no Spark
 * plan.
 */
@NullMarked
package io.ringlake.writetime.cql;

import org.jspecify.annotations.NullMarked;
