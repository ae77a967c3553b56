/** What lies on tape, read as pictures and packets of sound in the order of their sequence. */
@NullMarked
package org.everytake.render.media;

import org.jspecify.annotations.NullMarked;
