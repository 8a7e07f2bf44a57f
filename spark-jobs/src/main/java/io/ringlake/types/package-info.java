/** The one table CQL to Spark, and the decoders of cells. */
@NullMarked
package io.ringlake.types;

import org.jspecify.annotations.NullMarked;
