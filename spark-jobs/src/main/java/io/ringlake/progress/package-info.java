/**
 * Who is told how a run goes: {@link io.ringlake.progress.RunObserver}s, by the one thread of a
 * {@link io.ringlake.progress.ProgressTicker}.
 */
@NullMarked
package io.ringlake.progress;

import org.jspecify.annotations.NullMarked;
