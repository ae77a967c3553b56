@NullMarked
package org.everytake.wire;

import org.jspecify.annotations.NullMarked;
