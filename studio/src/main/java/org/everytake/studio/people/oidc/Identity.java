package org.everytake.studio.people.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;
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
        @Nullable String name) {

    /** Whether all is known that an account is found or made by. */
    boolean complete() {
        return email != null && emailVerified;
    }

    /**
     * The same person, with what the provider's UserInfo says of them. Many providers leave that out of the ID token
     * (OpenID Connect Core 1.0, section 5.4).
     */
    Identity with(JsonNode userInfo) throws OidcTrouble {
        // Section 5.3.2: else it may be anybody's.
        if (!subject.equals(userInfo.path("sub").textValue())) {
            throw new OidcTrouble(Problem.INVALID, "the provider's UserInfo is of somebody else");
        }
        String told = userInfo.path("email").textValue();
        String called = userInfo.path("name").textValue();
        return new Identity(
                issuer,
                subject,
                told == null ? email : told,
                told == null ? emailVerified : userInfo.path("email_verified").asBoolean(),
                called == null ? name : called);
    }
}
