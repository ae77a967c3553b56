/** Writing WAV. */
@NullMarked
package org.everytake.render.wav;

import org.jspecify.annotations.NullMarked;
