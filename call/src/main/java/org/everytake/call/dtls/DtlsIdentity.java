package org.everytake.call.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.everytake.wire.sdp.Fingerprint;

/**
 * An ECDSA P-256 key with a self-made certificate. Peers know it by the fingerprint in the SDP, so its names and dates
 * mean nothing. Immutable.
 */
public final class DtlsIdentity {
    private static final Duration LIFE = Duration.ofDays(3650);

    private final AsymmetricKeyParameter privateKey;
    private final byte[] certificate;
    private final Fingerprint fingerprint;

    private DtlsIdentity(AsymmetricKeyParameter privateKey, byte[] certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
        this.fingerprint = Fingerprint.sha256(certificate);
    }

    /**
     * @param now the certificate is valid from a day before that for ten years
     */
    public static DtlsIdentity create(SecureRandom random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500Name("CN=everytake");
            var builder = new X509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(LIFE)),
                    name,
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new DtlsIdentity(
                    PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()),
                    builder.build(signer).getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the JDK lacks ECDSA on P-256", e);
        }
    }

    /** Of our certificate, by SHA-256: for the SDP. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    byte[] certificate() {
        return certificate;
    }
}
