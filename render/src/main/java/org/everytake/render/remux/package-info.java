/** Files of one person as it was sent: media moved from tape into a file, nothing decoded and nothing encoded. */
@NullMarked
package org.everytake.render.remux;

import org.jspecify.annotations.NullMarked;
