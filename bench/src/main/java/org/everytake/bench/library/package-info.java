/** Lists and search of a library of 100,000 recordings. */
@NullMarked
package org.everytake.bench.library;

import org.jspecify.annotations.NullMarked;
