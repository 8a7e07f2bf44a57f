/** Iceberg catalogs for tests. */
@NullMarked
package io.ringlake.testkit.iceberg;

import org.jspecify.annotations.NullMarked;
