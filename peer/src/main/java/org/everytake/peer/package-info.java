@NullMarked
package org.everytake.peer;

import org.jspecify.annotations.NullMarked;
