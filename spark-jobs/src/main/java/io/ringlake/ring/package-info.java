/** Pure arithmetic on the token ring. */
@NullMarked
package io.ringlake.ring;

import org.jspecify.annotations.NullMarked;
