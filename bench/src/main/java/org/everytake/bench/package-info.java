@NullMarked
package org.everytake.bench;

import org.jspecify.annotations.NullMarked;
