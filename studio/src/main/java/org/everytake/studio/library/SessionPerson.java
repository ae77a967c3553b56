package org.everytake.studio.library;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who has to do with a session.
 *
 * @param email in small letters
 * @param name of the account with that address; null if there is none in the organisation
 */
record SessionPerson(String email, @Nullable String name, SessionRole role) {}
