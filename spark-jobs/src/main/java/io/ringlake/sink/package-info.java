/** One class per target, all behind {@link io.ringlake.sink.Sink}. */
@NullMarked
package io.ringlake.sink;

import org.jspecify.annotations.NullMarked;
