/** The demo: a throw-away server, participants, a recording, and a report of what came out. */
@NullMarked
package org.everytake.e2e.demo;

import org.jspecify.annotations.NullMarked;
