@NullMarked
package org.everytake.call.media;

import org.jspecify.annotations.NullMarked;
