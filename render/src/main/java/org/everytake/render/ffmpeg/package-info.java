/** The FFmpeg tool: found, tried, run as a child with limits. */
@NullMarked
package org.everytake.render.ffmpeg;

import org.jspecify.annotations.NullMarked;
