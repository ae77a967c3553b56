/** Layouts as data: what they are, how they are read, who sits where. */
@NullMarked
package org.everytake.render.layout;

import org.jspecify.annotations.NullMarked;
