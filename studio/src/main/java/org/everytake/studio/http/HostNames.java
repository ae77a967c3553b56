package org.everytake.studio.http;

import java.security.cert.CertificateParsingException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.everytake.studio.config.IpLiteral;
import org.everytake.studio.http.tls.ServerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * By which names the server may be called. A site of somebody else's can have its own name lead to our address, and its
 * pages would then be of one origin with ours (DNS rebinding); so a request for a name that is not ours is refused. Who
 * calls an address by its digits cannot have been led there by a name. Any thread.
 */
final class HostNames {
    private static final int SAN_DNS = 2;

    private final Set<String> given;
    private volatile Set<String> names;

    private HostNames(Set<String> given) {
        this.given = given;
        this.names = given;
    }

    /** The public address, this machine itself, what the certificate is for, and what was given. */
    static HostNames of(Listening listening) {
        Set<String> names = new HashSet<>(listening.names());
        names.add("localhost");
        names.add(String.valueOf(listening.publicAddress().getHost()));
        names.add(listening.host());
        var known = new HostNames(small(names));
        listening.identity().ifPresent(known::show);
        return known;
    }

    /** Another certificate may be for other names. */
    void show(ServerIdentity identity) {
        var all = new HashSet<>(given);
        all.addAll(small(certified(identity)));
        names = all;
    }

    private static Set<String> small(Set<String> names) {
        var small = new HashSet<String>();
        names.forEach(name -> small.add(name.toLowerCase(Locale.ROOT)));
        return small;
    }

    private static Set<String> certified(ServerIdentity identity) {
        Set<String> names = new HashSet<>();
        try {
            Collection<List<?>> alternatives = identity.own().getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (Integer.valueOf(SAN_DNS).equals(alternative.getFirst())) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalStateException("a certificate that was read has names that cannot be", e);
        }
        return names;
    }

    /** @param host as in {@code Host}, with or without a port; null of programs of old, which no page can make */
    boolean knows(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = host.startsWith("[") ? bracketed(host) : host.replaceFirst(":[0-9]*$", "");
        String bare = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        int dot = bare.indexOf('.');
        return IpLiteral.parse(bare).isPresent()
                || names.contains(bare)
                || bare.endsWith(".localhost")
                || (dot > 0 && names.contains("*" + bare.substring(dot)));
    }

    private static String bracketed(String host) {
        int end = host.indexOf(']');
        return end < 0 || !host.substring(end + 1).matches("(:[0-9]*)?") ? host : host.substring(1, end);
    }
}
