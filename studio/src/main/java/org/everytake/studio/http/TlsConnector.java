package org.everytake.studio.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.everytake.studio.http.tls.ServerIdentity;

/** The door with TLS: 1.3 and 1.2, authenticated ciphers with forward secrecy only, AES-256 before the others. */
final class TlsConnector {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    };

    private TlsConnector() {}

    static ServerConnector of(
            Server server, HttpConfiguration http, Listening listening, SslContextFactory.Server context) {
        var secured = new HttpConfiguration(http);
        // First, because those after it ask whether the request came by TLS. Names are not compared: who comes by an
        // address, or by a name that a proxy knows, is as welcome.
        secured.getCustomizers().addFirst(new SecureRequestCustomizer(false));
        var connector = new ServerConnector(
                server,
                new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(secured));
        connector.setHost(listening.host());
        connector.setPort(listening.port());
        return connector;
    }

    static SslContextFactory.Server context(ServerIdentity identity) {
        var context = new SslContextFactory.Server();
        context.setIncludeProtocols(PROTOCOLS);
        context.setIncludeCipherSuites(SUITES);
        context.setUseCipherSuitesOrder(true);
        context.setRenegotiationAllowed(false);
        show(context, identity);
        return context;
    }

    /** Whoever comes from now on sees this one; who is here already stays so. */
    static void renew(SslContextFactory.Server context, ServerIdentity identity) {
        try {
            context.reload(changed -> show(changed, identity));
        } catch (Exception e) {
            throw new IllegalStateException("a certificate that was checked cannot be shown", e);
        }
    }

    private static void show(SslContextFactory context, ServerIdentity identity) {
        // The store never leaves memory, so its password keeps nothing from anybody.
        String password = "memory";
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "everytake",
                    identity.key(),
                    password.toCharArray(),
                    identity.chain().toArray(X509Certificate[]::new));
            context.setKeyStore(store);
            context.setKeyStorePassword(password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key that was checked cannot be shown", e);
        }
    }
}
