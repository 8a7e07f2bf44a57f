/** Rows as CSV and JSON: how each value is spelled, and the files that hold them. */
@NullMarked
package io.ringlake.sink.text;

import org.jspecify.annotations.NullMarked;
