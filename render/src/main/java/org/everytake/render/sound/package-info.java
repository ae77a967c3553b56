/** Sound: Opus to samples, placed in session time, mixed to one channel. */
@NullMarked
package org.everytake.render.sound;

import org.jspecify.annotations.NullMarked;
