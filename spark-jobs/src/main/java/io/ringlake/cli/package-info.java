/** Arguments to a config, a job, an exit code. */
@NullMarked
package io.ringlake.cli;

import org.jspecify.annotations.NullMarked;
