package org.everytake.studio.people.oidc;

import org.jspecify.annotations.Nullable;

/**
 * Who the provider says that somebody is.
 *
 * @param subject what it calls them, for good (OpenID Connect Core 1.0, section 5.7)
 * @param emailVerified whether it knows that the address is theirs
 */
public record Identity(
        String issuer,
        String subject,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String name) {}
