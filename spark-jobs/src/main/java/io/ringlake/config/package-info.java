/** All settings: one reference file, records, checks, redaction. */
@NullMarked
package io.ringlake.config;

import org.jspecify.annotations.NullMarked;
