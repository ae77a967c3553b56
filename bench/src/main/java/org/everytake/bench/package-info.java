/** Load generators and measurements: what the product does, judged from outside and in figures. */
@NullMarked
package org.everytake.bench;

import org.jspecify.annotations.NullMarked;
