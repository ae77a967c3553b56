/** The server toolkit: JSON, problems, headers, ranges, pages. It knows no people and no recordings. */
@NullMarked
package org.everytake.studio.http;

import org.jspecify.annotations.NullMarked;
