/** The composition root: builds everything with constructors and closes it in reverse. */
@NullMarked
package org.everytake.studio.main;

import org.jspecify.annotations.NullMarked;
