/** What an Opus packet says of itself in its first bytes (RFC 6716). */
@NullMarked
package org.everytake.wire.opus;

import org.jspecify.annotations.NullMarked;
