package org.everytake.studio.people.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What binds a sign-in to the browser that began it: everything follows from one secret, which only its cookie has.
 *
 * @param secret 256 random bits as text
 */
public record Handshake(String secret) {
    /** Comes back with the browser: that it was sent by us (RFC 6749, section 10.12). */
    public String state() {
        return derived("state");
    }

    /** Comes back in the ID token: that it was made for this (OpenID Connect Core 1.0, section 15.5.2). */
    public String nonce() {
        return derived("nonce");
    }

    /** Shown with the code: that whoever redeems it has asked for it (RFC 7636). */
    String verifier() {
        return derived("verifier");
    }

    String challenge() {
        return sha256(verifier());
    }

    private String derived(String purpose) {
        return sha256(purpose + "\n" + secret);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Handshake";
    }
}
