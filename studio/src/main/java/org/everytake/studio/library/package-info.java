/** The facts: sessions, recordings, their people, takes and renditions, and the API that shows them. */
@NullMarked
package org.everytake.studio.library;

import org.jspecify.annotations.NullMarked;
