@NullMarked
package org.everytake.call.net;

import org.jspecify.annotations.NullMarked;
