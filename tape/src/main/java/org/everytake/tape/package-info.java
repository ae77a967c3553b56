@NullMarked
package org.everytake.tape;

import org.jspecify.annotations.NullMarked;
