/**
 * Where a row goes: partition columns, distribution, file sizes. Pure functions of the row only.
 */
@NullMarked
package io.ringlake.layout;

import org.jspecify.annotations.NullMarked;
