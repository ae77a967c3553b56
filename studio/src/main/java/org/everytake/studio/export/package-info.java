/** Makes files of what was recorded, without a server and without its database. */
@NullMarked
package org.everytake.studio.export;

import org.jspecify.annotations.NullMarked;
