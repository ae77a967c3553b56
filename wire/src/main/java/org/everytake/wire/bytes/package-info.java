/** Big-endian reading and writing, shared by the parsers of this module and not exported. */
@NullMarked
package org.everytake.wire.bytes;

import org.jspecify.annotations.NullMarked;
