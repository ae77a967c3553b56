@NullMarked
package org.everytake.e2e;

import org.jspecify.annotations.NullMarked;
