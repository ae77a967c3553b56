/** Offers and answers of the two connections that each person has (RFC 3264, RFC 8829). Values and pure functions. */
@NullMarked
package org.everytake.call.sdp;

import org.jspecify.annotations.NullMarked;
