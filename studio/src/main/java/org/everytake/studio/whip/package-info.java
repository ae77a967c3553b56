/**
 * Encoders and players of any make in a session's room: WHIP (RFC 9725), WHEP (draft-ietf-wish-whep), and the tokens
 * that let them in. What they send and see is the call's.
 */
@NullMarked
package org.everytake.studio.whip;

import org.jspecify.annotations.NullMarked;
