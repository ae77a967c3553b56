/** The video codecs whose payload formats are understood, each with what it takes to read and write it. */
@NullMarked
package org.everytake.wire.codec;

import org.jspecify.annotations.NullMarked;
