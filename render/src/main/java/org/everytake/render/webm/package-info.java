/** Writing WebM: EBML elements, the index, and clusters of coded pictures, sound and text. */
@NullMarked
package org.everytake.render.webm;

import org.jspecify.annotations.NullMarked;
