/** The SQL functions: each is made of Spark expressions for which Spark generates code. */
@NullMarked
package io.ringlake.writetime.sql;

import org.jspecify.annotations.NullMarked;
