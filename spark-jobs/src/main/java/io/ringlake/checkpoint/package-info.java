/** What a run leaves for the next one: passes, their plans, and the hold of the driver at work. */
@NullMarked
package io.ringlake.checkpoint;

import org.jspecify.annotations.NullMarked;
