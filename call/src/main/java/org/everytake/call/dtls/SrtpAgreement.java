package org.everytake.call.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.everytake.wire.sdp.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have in common: certificates, fingerprints, the SRTP profile and its keys. Used by the thread
 * of one session.
 */
final class SrtpAgreement {
    static final int HANDSHAKE_TIMEOUT_MILLIS = 20_000;

    /** RFC 6347 says a second; a call should not wait that long for one lost datagram. */
    static final int RESEND_MILLIS = 200;

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private boolean verified;
    private boolean ended;

    SrtpAgreement(DtlsIdentity identity, List<Fingerprint> expected) {
        this.identity = identity;
        this.expected = expected;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    static ProtocolVersion[] versions() {
        return ProtocolVersion.DTLSv12.only();
    }

    static int[] cipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        };
    }

    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        return algorithms;
    }

    TlsCredentialedSigner credentials(TlsContext context) {
        var chain = new Certificate(new TlsCertificate[] {certificate()});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.privateKey(),
                chain,
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private TlsCertificate certificate() {
        try {
            return crypto.createCertificate(identity.certificate());
        } catch (IOException e) {
            throw new IllegalStateException("our own certificate cannot be read", e);
        }
    }

    void verify(@Nullable Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        byte[] encoded = certificate.getCertificateAt(0).getEncoded();
        for (Fingerprint fingerprint : expected) {
            if (fingerprint.matches(encoded)) {
                verified = true;
                return;
            }
        }
        throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate is not that of the SDP");
    }

    /** The client's offer: what we support, best first. */
    void offer(Hashtable<Integer, byte[]> extensions) throws IOException {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(SrtpProfile.numbers(), new byte[0]));
    }

    /** Takes the best of what a client offers, or, as client, the one that the server took. */
    void choose(@Nullable Hashtable<Integer, byte[]> extensions) throws IOException {
        UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = offered == null ? null : SrtpProfile.best(offered.getProtectionProfiles());
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
        }
    }

    /** The server's answer. */
    void answer(Hashtable<Integer, byte[]> extensions) throws IOException {
        if (profile != null) {
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {profile.number()}, new byte[0]));
        }
    }

    /** Must be called while the handshake completes: afterwards the secret is gone. */
    void export(TlsContext context) throws IOException {
        SrtpProfile chosen = profile;
        if (chosen == null || !verified) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "not an authenticated DTLS-SRTP handshake");
        }
        byte[] material = context.exportKeyingMaterial(SrtpKeys.EXPORTER_LABEL, null, SrtpKeys.materialBytes(chosen));
        keys = SrtpKeys.split(chosen, material, !context.isServer());
    }

    SrtpKeys keys() {
        if (keys == null) {
            throw new IllegalStateException("the handshake ended without keys");
        }
        return keys;
    }

    void alertReceived(short description) {
        if (description == AlertDescription.close_notify) {
            ended = true;
        }
    }

    boolean isEnded() {
        return ended;
    }
}
