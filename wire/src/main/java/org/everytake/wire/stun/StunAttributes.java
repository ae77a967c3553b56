package org.everytake.wire.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.bytes.Bytes;

/** Reads and writes the values of attributes; their layouts are above {@link StunAttribute}. */
final class StunAttributes {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private StunAttributes() {}

    /**
     * @param position of the value in the message, for the exception
     * @param transactionId where the transaction id stands in the buffer
     */
    static StunAttribute parse(int type, byte[] b, int at, int length, int position, int transactionId)
            throws Malformed {
        return switch (type) {
            case StunAttribute.USERNAME -> new StunAttribute.Username(text("USERNAME", b, at, length, position));
            case StunAttribute.SOFTWARE -> new StunAttribute.Software(text("SOFTWARE", b, at, length, position));
            case StunAttribute.PRIORITY -> {
                exactly(4, "PRIORITY", length, position);
                yield new StunAttribute.Priority(Bytes.u32(b, at));
            }
            case StunAttribute.USE_CANDIDATE -> {
                exactly(0, "USE-CANDIDATE", length, position);
                yield new StunAttribute.UseCandidate();
            }
            case StunAttribute.ICE_CONTROLLED -> {
                exactly(8, "ICE-CONTROLLED", length, position);
                yield new StunAttribute.IceControlled(Bytes.i64(b, at));
            }
            case StunAttribute.ICE_CONTROLLING -> {
                exactly(8, "ICE-CONTROLLING", length, position);
                yield new StunAttribute.IceControlling(Bytes.i64(b, at));
            }
            case StunAttribute.XOR_MAPPED_ADDRESS -> address(b, at, length, position, transactionId);
            case StunAttribute.ERROR_CODE -> error(b, at, length, position);
            case StunAttribute.UNKNOWN_ATTRIBUTES -> unknownAttributes(b, at, length, position);
            default -> new StunAttribute.Unknown(type, Arrays.copyOfRange(b, at, at + length));
        };
    }

    static void write(StunAttribute attribute, TransactionId transactionId, ByteWriter out) {
        out.u16(attribute.type());
        int lengthAt = out.size();
        out.u16(0);
        switch (attribute) {
            case StunAttribute.Username a -> out.bytes(a.name().getBytes(StandardCharsets.UTF_8));
            case StunAttribute.Software a -> out.bytes(a.description().getBytes(StandardCharsets.UTF_8));
            case StunAttribute.Priority a -> out.u32(a.value());
            case StunAttribute.UseCandidate a -> {}
            case StunAttribute.IceControlled a -> out.u64(a.tieBreaker());
            case StunAttribute.IceControlling a -> out.u64(a.tieBreaker());
            case StunAttribute.XorMappedAddress a -> writeAddress(a.address(), transactionId, out);
            case StunAttribute.ErrorCode a ->
                out.u16(0)
                        .u8(a.code() / 100)
                        .u8(a.code() % 100)
                        .bytes(a.reason().getBytes(StandardCharsets.UTF_8));
            case StunAttribute.UnknownAttributes a -> a.types().forEach(out::u16);
            case StunAttribute.Unknown a -> out.bytes(a.value());
        }
        out.patch16(lengthAt, out.size() - lengthAt - 2);
        out.align4();
    }

    private static StunAttribute address(byte[] b, int at, int length, int position, int transactionId)
            throws Malformed {
        if (length < 4) {
            throw new Malformed("XOR-MAPPED-ADDRESS", position, "cut off");
        }
        int family = Bytes.u8(b, at + 1);
        if (family != IPV4 && family != IPV6) {
            throw new Malformed("XOR-MAPPED-ADDRESS", position + 1, "neither IPv4 nor IPv6");
        }
        int addressLength = family == IPV4 ? 4 : 16;
        exactly(4 + addressLength, "XOR-MAPPED-ADDRESS", length, position);
        int port = Bytes.u16(b, at + 2) ^ StunMessage.MAGIC_COOKIE >>> 16;
        byte[] address = Arrays.copyOfRange(b, at + 4, at + 4 + addressLength);
        // Cookie and transaction id stand side by side in the header.
        xor(address, Arrays.copyOfRange(b, transactionId - 4, transactionId + TransactionId.LENGTH));
        return new StunAttribute.XorMappedAddress(new InetSocketAddress(inetAddress(address), port));
    }

    private static void writeAddress(InetSocketAddress socketAddress, TransactionId transactionId, ByteWriter out) {
        InetAddress inet = socketAddress.getAddress();
        if (inet == null) {
            throw new IllegalArgumentException("address is not resolved: " + socketAddress);
        }
        byte[] address = inet.getAddress();
        byte[] mask = new byte[4 + TransactionId.LENGTH];
        Bytes.put32(mask, 0, StunMessage.MAGIC_COOKIE);
        System.arraycopy(transactionId.bytes(), 0, mask, 4, TransactionId.LENGTH);
        xor(address, mask);
        out.u8(0).u8(address.length == 4 ? IPV4 : IPV6);
        out.u16(socketAddress.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16).bytes(address);
    }

    private static StunAttribute error(byte[] b, int at, int length, int position) throws Malformed {
        if (length < 4) {
            throw new Malformed("ERROR-CODE", position, "cut off");
        }
        int hundreds = Bytes.u8(b, at + 2) & 7;
        int rest = Bytes.u8(b, at + 3);
        if (hundreds < 3 || hundreds > 6 || rest > 99) {
            throw new Malformed("ERROR-CODE", position + 2, "not within 300 to 699");
        }
        String reason = text("ERROR-CODE", b, at + 4, length - 4, position + 4);
        return new StunAttribute.ErrorCode(100 * hundreds + rest, reason);
    }

    private static StunAttribute unknownAttributes(byte[] b, int at, int length, int position) throws Malformed {
        if ((length & 1) != 0) {
            throw new Malformed("UNKNOWN-ATTRIBUTES", position, "odd length");
        }
        List<Integer> types = new ArrayList<>(length / 2);
        for (int i = 0; i < length; i += 2) {
            types.add(Bytes.u16(b, at + i));
        }
        return new StunAttribute.UnknownAttributes(types);
    }

    private static String text(String what, byte[] b, int at, int length, int position) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(b, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed(what, position, "not UTF-8");
        }
    }

    private static void exactly(int expected, String what, int length, int position) throws Malformed {
        if (length != expected) {
            throw new Malformed(what, position, length + " bytes and not " + expected);
        }
    }

    private static void xor(byte[] bytes, byte[] mask) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i];
        }
    }

    private static InetAddress inetAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are legal lengths", e);
        }
    }
}
