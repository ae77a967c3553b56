/** Looks whether what was recorded is whole, without a server and without its database. Reads, and never writes. */
@NullMarked
package org.everytake.studio.inspect;

import org.jspecify.annotations.NullMarked;
