package org.everytake.studio.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Names of providers of OpenID Connect (Discovery 1.0, section 4.1): https, and on this machine plain too. */
final class OidcIssuer {
    private OidcIssuer() {}

    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean whole = uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
            boolean here = "localhost".equals(uri.getHost())
                    || IpLiteral.parse(String.valueOf(uri.getHost()))
                            .filter(InetAddress::isLoopbackAddress)
                            .isPresent();
            boolean safe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here);
            return Optional.of(uri).filter(any -> whole && safe);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
