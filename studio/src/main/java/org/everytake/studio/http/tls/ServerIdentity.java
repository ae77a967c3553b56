package org.everytake.studio.http.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.everytake.studio.config.CannotStart;

/**
 * Who the server is to a browser.
 *
 * @param chain the server's own certificate first
 * @param key belongs to the first
 */
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    public ServerIdentity {
        chain = List.copyOf(chain);
    }

    /** Reads and checks what the settings name; one file may be both. */
    public static ServerIdentity read(Path certificates, Path key, Instant now) throws CannotStart {
        var identity = new ServerIdentity(
                PemFile.read(certificates).certificates(), PemFile.read(key).privateKey());
        if (!identity.belongsTogether()) {
            throw new CannotStart("The certificate in " + certificates + " does not belong to the key in " + key
                    + "; give the two that were made for each other, the server's own certificate first.");
        }
        X509Certificate own = identity.own();
        if (now.isAfter(own.getNotAfter().toInstant())) {
            throw new CannotStart("The certificate in " + certificates + " ended at "
                    + own.getNotAfter().toInstant() + "; renew it.");
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            throw new CannotStart("The certificate in " + certificates + " begins only at "
                    + own.getNotBefore().toInstant() + "; is the clock of this machine right?");
        }
        return identity;
    }

    /** The server's own certificate. */
    public X509Certificate own() {
        return chain.getFirst();
    }

    /** Whether nobody else vouches for it. */
    public boolean selfSigned() {
        return own().getIssuerX500Principal().equals(own().getSubjectX500Principal());
    }

    /** SHA-256 of the certificate, as browsers show it: {@code AB:CD:…}. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(own().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    boolean belongsTogether() {
        String algorithm = switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        byte[] words = {1, 2, 3, 4};
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(words);
            byte[] signed = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(own());
            verifier.update(words);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
