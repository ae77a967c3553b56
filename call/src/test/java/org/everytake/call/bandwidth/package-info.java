@NullMarked
package org.everytake.call.bandwidth;

import org.jspecify.annotations.NullMarked;
