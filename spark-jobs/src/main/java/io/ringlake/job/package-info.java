/** The jobs, each reading as a list of its steps. */
@NullMarked
package io.ringlake.job;

import org.jspecify.annotations.NullMarked;
