/**
 * Real servers for tests and for the quickstart. {@link io.ringlake.testkit.CassandraCluster} is
 * the way in; nothing here outlives the JVM that started it.
 */
@NullMarked
package io.ringlake.testkit;

import org.jspecify.annotations.NullMarked;
