/** What an organisation may keep and for how long: plans, usage, legal holds, and what erases. */
@NullMarked
package org.everytake.studio.library.retention;

import org.jspecify.annotations.NullMarked;
