/** What a peer's datagrams go over: sockets, or a network in memory that loses, delays and reorders. */
@NullMarked
package org.everytake.peer.net;

import org.jspecify.annotations.NullMarked;
