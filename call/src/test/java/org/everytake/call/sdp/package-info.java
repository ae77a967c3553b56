@NullMarked
package org.everytake.call.sdp;

import org.jspecify.annotations.NullMarked;
