/**
 * The recorder: listens to a room, opens takes, writes the journal, ships sealed segments to the vault, and brings
 * what a crash left behind to its end.
 */
@NullMarked
package org.everytake.studio.record;

import org.jspecify.annotations.NullMarked;
