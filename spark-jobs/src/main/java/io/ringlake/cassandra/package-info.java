/** Everything that asks the cluster: sessions, schema, ring, size estimates. */
@NullMarked
package io.ringlake.cassandra;

import org.jspecify.annotations.NullMarked;
