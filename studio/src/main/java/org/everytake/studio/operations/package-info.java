/** How the server does, for those who run it: a page with sentences, and figures for programs. */
@NullMarked
package org.everytake.studio.operations;

import org.jspecify.annotations.NullMarked;
