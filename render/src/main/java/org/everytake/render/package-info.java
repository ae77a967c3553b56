@NullMarked
package org.everytake.render;

import org.jspecify.annotations.NullMarked;
