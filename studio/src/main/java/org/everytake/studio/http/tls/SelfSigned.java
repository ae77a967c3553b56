package org.everytake.studio.http.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.IpLiteral;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate for which nobody vouches, so that nothing crosses a network in the clear before there is a better one.
 * Key and certificate lie in one file, so that they can only be replaced together.
 */
public final class SelfSigned {
    private static final Logger log = LoggerFactory.getLogger(SelfSigned.class);
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration NEAR_ITS_END = Duration.ofDays(30);
    /** Clocks of visitors go slow. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private SelfSigned() {}

    /**
     * The one that is kept in {@code file} if it is good for a while yet, else a new one, which is kept there.
     *
     * @param names of hosts and addresses by which browsers come
     */
    public static ServerIdentity keptIn(Path file, Collection<String> names, SecureRandom random, Instant now)
            throws CannotStart {
        Optional<ServerIdentity> kept = kept(file, now);
        ServerIdentity identity = kept.isPresent() ? kept.get() : make(names, random, now);
        if (kept.isEmpty()) {
            try {
                keep(file, identity);
            } catch (IOException e) {
                throw new CannotStart("The certificate " + file + " cannot be written: " + e.getMessage() + ".", e);
            }
        }
        log.info(
                "The certificate is made by Everytake itself, so browsers warn of it; SHA-256 fingerprint {}",
                identity.fingerprint());
        return identity;
    }

    private static Optional<ServerIdentity> kept(Path file, Instant now) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var identity = ServerIdentity.read(file, file, now);
            Instant end = identity.own().getNotAfter().toInstant();
            if (end.isAfter(now.plus(NEAR_ITS_END))) {
                return Optional.of(identity);
            }
            log.info("The certificate {} ends at {}, so a new one is made", file, end);
        } catch (CannotStart e) {
            log.warn("A new certificate is made, because the kept one is of no use: {}", e.sentence());
        }
        return Optional.empty();
    }

    static ServerIdentity make(Collection<String> names, SecureRandom random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500Name("CN=Everytake");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(63, random).setBit(0),
                    Date.from(now.minus(BEFORE)),
                    Date.from(now.plus(LIFE)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            X509CertificateHolder made =
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            var certificate = new JcaX509CertificateConverter().getCertificate(made);
            return new ServerIdentity(List.of(certificate), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the JDK lacks ECDSA on P-256", e);
        }
    }

    private static GeneralNames alternatives(Collection<String> names) {
        Set<String> all = new TreeSet<>(names);
        all.add("localhost");
        all.add("127.0.0.1");
        all.add("::1");
        return new GeneralNames(all.stream()
                .map(name -> {
                    Optional<InetAddress> address = IpLiteral.parse(name);
                    return address.isPresent()
                            ? new GeneralName(
                                    GeneralName.iPAddress, address.get().getHostAddress())
                            : new GeneralName(GeneralName.dNSName, name);
                })
                .toArray(GeneralName[]::new));
    }

    private static void keep(Path file, ServerIdentity identity) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(identity.key(), null));
            writer.writeObject(identity.own());
        }
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        // Made with its mode, so that the key is at no moment anybody else's to read.
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(
                beside, Set.copyOf(EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)), mode)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
