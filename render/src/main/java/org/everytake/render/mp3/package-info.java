/** Writing MP3: a tag, a frame that says how long the file is, and the frames of an encoder. */
@NullMarked
package org.everytake.render.mp3;

import org.jspecify.annotations.NullMarked;
