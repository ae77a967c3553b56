@NullMarked
package org.everytake.call.room;

import org.jspecify.annotations.NullMarked;
