/** What tests of several packages need and production code must never see. */
@NullMarked
package io.ringlake.testing;

import org.jspecify.annotations.NullMarked;
