/** The DataSource V2 named {@code ringlake}: batch and micro-batch reads over one scan. */
@NullMarked
package io.ringlake.source;

import org.jspecify.annotations.NullMarked;
