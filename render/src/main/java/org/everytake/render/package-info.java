/** Takes and journal to timeline, to plan, to file. Knows no database and no vault. */
@NullMarked
package org.everytake.render;

import org.jspecify.annotations.NullMarked;
