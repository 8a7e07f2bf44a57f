/** How figures and lists are spelled for people: the same wherever they are printed. */
@NullMarked
package io.ringlake.text;

import org.jspecify.annotations.NullMarked;
