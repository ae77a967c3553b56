/** Rendering while a recording goes on. */
@NullMarked
package org.everytake.render.live;

import org.jspecify.annotations.NullMarked;
