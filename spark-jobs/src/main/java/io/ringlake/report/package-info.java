/** What a run tells when it is over. */
@NullMarked
package io.ringlake.report;

import org.jspecify.annotations.NullMarked;
