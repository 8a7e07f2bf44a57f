/** Delta tables, batch by batch, each of them once. */
@NullMarked
package io.ringlake.sink.delta;

import org.jspecify.annotations.NullMarked;
