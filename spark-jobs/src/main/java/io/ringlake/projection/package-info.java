/**
 * Which columns, write times and TTLs are read, every refusal with its reason; the only place that
 * writes a SELECT.
 */
@NullMarked
package io.ringlake.projection;

import org.jspecify.annotations.NullMarked;
