@NullMarked
package org.everytake.render.remux;

import org.jspecify.annotations.NullMarked;
