@NullMarked
package org.everytake.call.dtls;

import org.jspecify.annotations.NullMarked;
