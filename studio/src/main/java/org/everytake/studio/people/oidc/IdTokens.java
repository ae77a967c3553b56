package org.everytake.studio.people.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;
import org.jspecify.annotations.Nullable;

/** Which ID tokens are believed (OpenID Connect Core 1.0, section 3.1.3.7). Any thread. */
final class IdTokens {
    /** With keys that only the provider has. A secret that we share would let whoever knows it be anybody. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.RS512, JWSAlgorithm.ES384);

    /** How far the provider's clock may be from ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final String issuer;
    private final String clientId;
    private final InstantSource clock;

    IdTokens(String issuer, String clientId, InstantSource clock) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.clock = clock;
    }

    Identity believe(String token, JWKSet keys, String nonce) throws OidcTrouble {
        JWTClaimsSet claims = signed(token, keys);
        try {
            check(claims.getIssuer(), issuer, "issuer");
            demand(claims.getAudience().contains(clientId), "the audience is somebody else");
            String party = claims.getStringClaim("azp");
            demand(
                    party == null ? claims.getAudience().size() == 1 : party.equals(clientId),
                    "the authorised party is somebody else");
            check(claims.getStringClaim("nonce"), nonce, "nonce");
            Instant now = clock.instant();
            demand(after(claims.getExpirationTime(), now.minus(SKEW)), "it has expired");
            demand(!after(claims.getIssueTime(), now.plus(SKEW)), "it was issued in the future");
            demand(!after(claims.getNotBeforeTime(), now.plus(SKEW)), "it is not good yet");
            String subject = claims.getSubject();
            if (subject == null || subject.isEmpty() || subject.length() > 255) {
                throw new OidcTrouble(Problem.INVALID, "the ID token names nobody");
            }
            return new Identity(
                    issuer,
                    subject,
                    claims.getStringClaim("email"),
                    // Some providers spell it as a text.
                    "true".equals(String.valueOf(claims.getClaim("email_verified"))),
                    claims.getClaim("name") instanceof String name ? name : null);
        } catch (ParseException e) {
            throw new OidcTrouble(Problem.INVALID, "a claim of the ID token is not what it should be", e);
        }
    }

    private static JWTClaimsSet signed(String token, JWKSet keys) throws OidcTrouble {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        // The claims are checked here, by our clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        try {
            return processor.process(token, null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new OidcTrouble(Problem.INVALID, "the ID token is not signed by the provider: " + e.getMessage(), e);
        }
    }

    private static boolean after(@Nullable Date time, Instant limit) {
        return time != null && time.toInstant().isAfter(limit);
    }

    private static void check(@Nullable String is, String should, String what) throws OidcTrouble {
        demand(should.equals(is), "the " + what + " is another");
    }

    private static void demand(boolean right, String otherwise) throws OidcTrouble {
        if (!right) {
            throw new OidcTrouble(Problem.INVALID, "the ID token is not for us: " + otherwise);
        }
    }
}
