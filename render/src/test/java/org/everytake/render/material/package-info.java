/** Recordings made for tests, with media that identify themselves, and the judging of files. */
@NullMarked
package org.everytake.render.material;

import org.jspecify.annotations.NullMarked;
