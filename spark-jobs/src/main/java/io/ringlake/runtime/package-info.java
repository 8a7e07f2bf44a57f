/** The one channel between driver and executors. */
@NullMarked
package io.ringlake.runtime;

import org.jspecify.annotations.NullMarked;
