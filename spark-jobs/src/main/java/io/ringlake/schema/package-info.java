/** The vocabulary, pure: names with one quoting rule, CQL types, a table's columns. */
@NullMarked
package io.ringlake.schema;

import org.jspecify.annotations.NullMarked;
