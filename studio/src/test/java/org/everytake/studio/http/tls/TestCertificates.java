package org.everytake.studio.http.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** An issuer of certificates for tests, and what it issues. */
public final class TestCertificates {
    private TestCertificates() {}

    /** Files as the settings name them, and whom a client must trust. */
    public record Issued(Path chain, Path key, X509Certificate root) {}

    /** Good for 127.0.0.1, from a day before {@code now} for ten days. */
    public static Issued issued(Path folder, Instant now) throws Exception {
        KeyPair root = pair("EC", 256);
        KeyPair own = pair("EC", 256);
        X509Certificate rootCertificate = certificate("CN=Root", root, "CN=Root", root, now, true);
        X509Certificate certificate = certificate("CN=Root", root, "CN=Studio", own, now, false);
        return new Issued(
                pem(folder.resolve("chain.pem"), certificate, rootCertificate),
                pem(folder.resolve("key.pem"), pkcs8(own)),
                rootCertificate);
    }

    /** A client that takes the certificates of this issuer, and no others. */
    public static SSLContext trusting(X509Certificate root) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public static ServerIdentity selfSigned(Instant now, SecureRandom random) {
        return SelfSigned.make(List.of(), random, now);
    }

    static KeyPair pair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static Object pkcs8(KeyPair pair) throws IOException {
        return new JcaPKCS8Generator(pair.getPrivate(), null);
    }

    /** As OpenSSL writes it: PKCS #1 for RSA, SEC 1 with the name of the curve for EC. */
    static Object traditional(KeyPair pair) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
        if (pair.getPrivate() instanceof ECPrivateKey key) {
            int bits = key.getParams().getCurve().getField().getFieldSize();
            var curve = info.getPrivateKeyAlgorithm().getParameters();
            var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(bits, key.getS(), curve);
            return new PemObject("EC PRIVATE KEY", sec1.getEncoded());
        }
        return new PemObject(
                "RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
    }

    static X509Certificate certificate(
            String issuer, KeyPair issuing, String subject, KeyPair own, Instant now, boolean root) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(10))),
                new X500Name(subject),
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        String algorithm = issuing.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuing.getPrivate())));
    }

    static Path pem(Path file, Object... things) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object thing : things) {
                writer.writeObject(thing);
            }
        }
        return Files.writeString(file, text.toString());
    }
}
