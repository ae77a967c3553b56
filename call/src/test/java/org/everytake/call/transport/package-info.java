@NullMarked
package org.everytake.call.transport;

import org.jspecify.annotations.NullMarked;
