/** Still pictures of a composite: placeholders, names, edges; with the fonts that are shipped. */
@NullMarked
package org.everytake.render.draw;

import org.jspecify.annotations.NullMarked;
