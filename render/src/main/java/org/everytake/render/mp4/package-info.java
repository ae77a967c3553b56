/** MP4 and MOV: reads what FFmpeg gives in fragments, writes files whose index comes first. */
@NullMarked
package org.everytake.render.mp4;

import org.jspecify.annotations.NullMarked;
