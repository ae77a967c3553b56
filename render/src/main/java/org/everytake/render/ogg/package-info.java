/** Reading Ogg as it comes out of encoders. */
@NullMarked
package org.everytake.render.ogg;

import org.jspecify.annotations.NullMarked;
