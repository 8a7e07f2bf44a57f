/** What can go wrong, told so that an operator can act on it. */
@NullMarked
package io.ringlake.failure;

import org.jspecify.annotations.NullMarked;
