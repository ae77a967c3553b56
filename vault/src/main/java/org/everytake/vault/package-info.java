@NullMarked
package org.everytake.vault;

import org.jspecify.annotations.NullMarked;
