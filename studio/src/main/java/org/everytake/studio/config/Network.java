package org.everytake.studio.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike (CIDR, RFC 4632 and RFC 4291): {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one alone.
 *
 * @param first of them
 * @param bits how many all of them have in common
 */
public record Network(InetAddress first, int bits) {
    private static final Pattern BITS = Pattern.compile("[1-9][0-9]{0,2}");

    /** One address. */
    public static Network of(InetAddress only) {
        return new Network(only, only.getAddress().length * Byte.SIZE);
    }

    /** Empty for anything else, and where the address has bits behind those in common, which may be a mistake. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpLiteral.parse(text).map(Network::of);
        }
        String bits = text.substring(slash + 1);
        if (!BITS.matcher(bits).matches()) {
            return Optional.empty();
        }
        return IpLiteral.parse(text.substring(0, slash))
                .map(first -> new Network(first, Integer.parseInt(bits)))
                .filter(Network::isWhole);
    }

    private boolean isWhole() {
        byte[] bytes = first.getAddress();
        for (int bit = Math.min(bits, bytes.length * Byte.SIZE); bit < bytes.length * Byte.SIZE; bit++) {
            if (isSet(bytes, bit)) {
                return false;
            }
        }
        return bits <= bytes.length * Byte.SIZE;
    }

    public boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (isSet(ours, bit) != isSet(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSet(byte[] bytes, int bit) {
        return (bytes[bit / Byte.SIZE] & (0x80 >> bit % Byte.SIZE)) != 0;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
