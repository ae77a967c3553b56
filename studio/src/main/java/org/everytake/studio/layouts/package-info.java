/** The layouts that films of an organisation may have: those that are shipped, and its own. */
@NullMarked
package org.everytake.studio.layouts;

import org.jspecify.annotations.NullMarked;
