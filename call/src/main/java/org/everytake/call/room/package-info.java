/** Rooms: who is there, what they send, who hears it. All of it belongs to one loop's thread. */
@NullMarked
package org.everytake.call.room;

import org.jspecify.annotations.NullMarked;
