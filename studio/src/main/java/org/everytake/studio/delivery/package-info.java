/** Watching and downloading: bytes out of the vault, by ranges. */
@NullMarked
package org.everytake.studio.delivery;

import org.jspecify.annotations.NullMarked;
