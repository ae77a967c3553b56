/** Copies of the facts and of the wrapped keys, made while the server runs, and a server made of them again. */
@NullMarked
package org.everytake.studio.backup;

import org.jspecify.annotations.NullMarked;
