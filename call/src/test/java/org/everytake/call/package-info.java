@NullMarked
package org.everytake.call;

import org.jspecify.annotations.NullMarked;
