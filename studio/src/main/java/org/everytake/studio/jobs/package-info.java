/** Work that must be done once, survives a crash, and is a row in the database until then. */
@NullMarked
package org.everytake.studio.jobs;

import org.jspecify.annotations.NullMarked;
