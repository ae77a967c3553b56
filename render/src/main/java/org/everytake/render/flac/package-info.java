/** Writing FLAC: what it is, a tag, and the frames of an encoder. */
@NullMarked
package org.everytake.render.flac;

import org.jspecify.annotations.NullMarked;
