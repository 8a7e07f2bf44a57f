/**
 * The one channel between driver and executors. Executors count what they read into {@link
 * io.ringlake.runtime.SpanMeter}s, the driver adds up in {@link io.ringlake.runtime.RunningScan}s;
 * {@link io.ringlake.runtime.RinglakePlugin} opens both ends. Without the plugin both ends are
 * there and lead nowhere, so that a source in a notebook needs no second way.
 */
@NullMarked
package io.ringlake.runtime;

import org.jspecify.annotations.NullMarked;
