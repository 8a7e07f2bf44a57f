/** What a write time and a TTL mean: names, types and marks of the columns that carry them. */
@NullMarked
package io.ringlake.writetime;

import org.jspecify.annotations.NullMarked;
