package org.everytake.studio.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.everytake.studio.config.Network;
import org.everytake.studio.http.Forwarded.Hop;

/**
 * Believes what named reverse proxies say of where a request came from, and nobody else.
 *
 * <p>Each proxy adds what it saw at the end, so the list is read backwards: past the proxies that are named, the first
 * other address is the client's, and what stands before it is the client's own talk.
 *
 * @param proxies where the proxies are
 */
record TrustedProxies(Set<Network> proxies) implements HttpConfiguration.Customizer {

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        if (!(remote instanceof InetSocketAddress from) || !named(from.getAddress())) {
            return request;
        }
        List<Hop> standard = Forwarded.standard(request.getHeaders());
        List<Hop> usual = Forwarded.usual(request.getHeaders());
        if (!standard.isEmpty() && !usual.isEmpty() && !client(standard).equals(client(usual))) {
            // A proxy writes one of them, and lets the other through as the client sent it: which, cannot be told.
            throw new HttpException.RuntimeException(
                    HttpStatus.BAD_REQUEST_400, "Forwarded and X-Forwarded-For name different clients");
        }
        List<Hop> hops = usual.isEmpty() ? standard : usual;
        Optional<String> scheme = Forwarded.scheme(request.getHeaders(), standard);
        InetSocketAddress client =
                client(hops).map(address -> new InetSocketAddress(address, 0)).orElse(from);
        boolean secure = scheme.map("https"::equals).orElse(request.isSecure());
        return new Believed(request, client, secure);
    }

    private boolean named(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    /** Empty where the proxy does not say it in a way that can be understood. */
    private Optional<InetAddress> client(List<Hop> hops) {
        Optional<InetAddress> client = Optional.empty();
        for (Hop hop : hops.reversed()) {
            if (hop.address().isEmpty()) {
                return client;
            }
            client = hop.address();
            if (!named(client.get())) {
                return client;
            }
        }
        return client;
    }

    private static final class Believed extends Request.Wrapper {
        private final ConnectionMetaData connection;
        private final HttpURI uri;
        private final boolean secure;

        Believed(Request request, InetSocketAddress client, boolean secure) {
            super(request);
            this.secure = secure;
            this.uri = HttpURI.build(request.getHttpURI())
                    .scheme(secure ? "https" : "http")
                    .asImmutable();
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return client;
                }

                @Override
                public boolean isSecure() {
                    return secure;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
