/** Who is told how a run goes. */
@NullMarked
package io.ringlake.progress;

import org.jspecify.annotations.NullMarked;
