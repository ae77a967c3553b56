/** How well a recording came across: what was lost, what stood still, and how its clocks ran. */
@NullMarked
package org.everytake.render.quality;

import org.jspecify.annotations.NullMarked;
