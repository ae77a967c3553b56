/** How much of the server one address or one account may have: token buckets in bounded memory. */
@NullMarked
package org.everytake.studio.http.limit;

import org.jspecify.annotations.NullMarked;
