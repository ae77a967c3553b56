/** Render jobs: from the segments of a recording to its renditions in the vault. */
@NullMarked
package org.everytake.studio.produce;

import org.jspecify.annotations.NullMarked;
