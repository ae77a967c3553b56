/** From a sender's clocks to session time: robust lines through sender reports and arrivals. */
@NullMarked
package org.everytake.render.clock;

import org.jspecify.annotations.NullMarked;
