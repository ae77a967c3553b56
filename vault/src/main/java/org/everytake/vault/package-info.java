/**
 * Named objects with range reads, kept in a {@link org.everytake.vault.Store}, sealed with keys that
 * {@link org.everytake.vault.Keys} holds: one for each recording and kind.
 */
@NullMarked
package org.everytake.vault;

import org.jspecify.annotations.NullMarked;
