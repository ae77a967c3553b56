/** Journal and takes to a timeline. */
@NullMarked
package org.everytake.render.timeline;

import org.jspecify.annotations.NullMarked;
