/** The certificate that the server shows: read from files that somebody named, or made by ourselves. */
@NullMarked
package org.everytake.studio.http.tls;

import org.jspecify.annotations.NullMarked;
