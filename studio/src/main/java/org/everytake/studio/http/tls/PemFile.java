package org.everytake.studio.http.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.everytake.studio.config.CannotStart;

/** What lies in a PEM file (RFC 7468), whatever made it: chains, and keys as PKCS #8, SEC 1 or PKCS #1. */
record PemFile(Path file, List<Object> things) {

    static PemFile read(Path file) throws CannotStart {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CannotStart("There is no file " + file + ", which the settings name for TLS.", e);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "permission denied", e);
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
        List<Object> things = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object thing = parser.readObject(); thing != null; thing = parser.readObject()) {
                things.add(thing);
            }
        } catch (IOException | RuntimeException e) {
            // The parser also throws unchecked ones, for what is no base64 for instance.
            throw new CannotStart("The file " + file + " for TLS is damaged: it is no PEM that can be read.", e);
        }
        return new PemFile(file, List.copyOf(things));
    }

    /** In the order of the file: the server's own first, then those of its issuers. */
    List<X509Certificate> certificates() throws CannotStart {
        var converter = new JcaX509CertificateConverter();
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object thing : things) {
                if (thing instanceof X509CertificateHolder holder) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (CertificateException e) {
            throw new CannotStart("The file " + file + " holds a certificate that cannot be understood.", e);
        }
        if (chain.isEmpty()) {
            throw new CannotStart("The file " + file + " holds no certificate in PEM form.");
        }
        return chain;
    }

    PrivateKey privateKey() throws CannotStart {
        var converter = new JcaPEMKeyConverter();
        try {
            for (Object thing : things) {
                switch (thing) {
                    case PrivateKeyInfo pkcs8 -> {
                        return converter.getPrivateKey(pkcs8);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo secret -> throw locked();
                    case PEMEncryptedKeyPair secret -> throw locked();
                    default -> {
                        // Curve parameters and certificates may lie beside the key.
                    }
                }
            }
        } catch (IOException e) {
            throw new CannotStart("The file " + file + " holds a key that cannot be understood.", e);
        }
        throw new CannotStart("The file " + file + " holds no private key in PEM form.");
    }

    private CannotStart locked() {
        return new CannotStart("The key in " + file + " is locked with a password; give it without one.");
    }

    private static CannotStart unreadable(Path file, String reason, IOException cause) {
        return new CannotStart("The file " + file + " for TLS cannot be read: " + reason + ".", cause);
    }
}
