/** Where what is recorded lies: in the server's own folder, or in an organisation's own bucket. */
@NullMarked
package org.everytake.studio.storage;

import org.jspecify.annotations.NullMarked;
