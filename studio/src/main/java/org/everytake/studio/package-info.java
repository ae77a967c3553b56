@NullMarked
package org.everytake.studio;

import org.jspecify.annotations.NullMarked;
