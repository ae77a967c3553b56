/** The packaged product from outside: a server process, real browsers, and what comes out. */
@NullMarked
package org.everytake.e2e;

import org.jspecify.annotations.NullMarked;
