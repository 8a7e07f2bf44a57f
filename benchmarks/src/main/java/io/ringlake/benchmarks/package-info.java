/** Ringlake beside other ways to do the same. */
@NullMarked
package io.ringlake.benchmarks;

import org.jspecify.annotations.NullMarked;
