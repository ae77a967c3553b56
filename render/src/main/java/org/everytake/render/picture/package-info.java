/** Picture: pane by pane from the tape into FFmpeg, composed and encoded chunk by chunk. */
@NullMarked
package org.everytake.render.picture;

import org.jspecify.annotations.NullMarked;
