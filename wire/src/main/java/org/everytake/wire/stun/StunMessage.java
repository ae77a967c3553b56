package org.everytake.wire.stun;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message (RFC 8489, section 5). Immutable.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0 0|M11 .. M7|C1|M6 .. M4|C0|M3 .. M0|   length of what follows   |
 * |                   magic cookie 0x2112A442                     |
 * |                 transaction id (96 bits)                      |
 * |                       attributes ...                          |
 * |  MESSAGE-INTEGRITY: HMAC-SHA1 of all before it (20 bytes)     |
 * |  FINGERPRINT: CRC-32 of all before it, ^ 0x5354554E           |
 * </pre>
 *
 * <p>For both, the length field counts up to the end of the attribute being computed.
 */
public final class StunMessage {
    /** The method of every message in ICE. */
    public static final int BINDING = 1;

    static final int HEADER_LENGTH = 20;
    static final int MAGIC_COOKIE = 0x2112A442;
    static final int INTEGRITY_LENGTH = 20;
    private static final long FINGERPRINT_XOR = 0x5354554EL;
    private static final String WHAT = "STUN message";

    private final StunClass messageClass;
    private final int method;
    private final TransactionId transactionId;
    private final List<StunAttribute> attributes;

    /** The bytes up to MESSAGE-INTEGRITY, with the length field as it was for computing it; null without one. */
    private final byte @Nullable [] protectedBytes;

    private final byte @Nullable [] integrity;

    private StunMessage(
            StunClass messageClass,
            int method,
            TransactionId transactionId,
            List<StunAttribute> attributes,
            byte @Nullable [] protectedBytes,
            byte @Nullable [] integrity) {
        this.messageClass = messageClass;
        this.method = method;
        this.transactionId = transactionId;
        this.attributes = List.copyOf(attributes);
        this.protectedBytes = protectedBytes;
        this.integrity = integrity;
    }

    /** A message to be written, with the attributes in their order. */
    public static StunMessage of(
            StunClass messageClass, int method, TransactionId transactionId, List<StunAttribute> attributes) {
        return new StunMessage(messageClass, method, transactionId, attributes, null, null);
    }

    public static StunMessage bindingRequest(TransactionId transactionId, StunAttribute... attributes) {
        return of(StunClass.REQUEST, BINDING, transactionId, List.of(attributes));
    }

    /** The success response to this request, telling from where it came. */
    public StunMessage success(InetSocketAddress from) {
        return of(StunClass.SUCCESS, method, transactionId, List.of(new StunAttribute.XorMappedAddress(from)));
    }

    /** An error response to this request. */
    public StunMessage error(int code, String reason) {
        return of(StunClass.ERROR, method, transactionId, List.of(new StunAttribute.ErrorCode(code, reason)));
    }

    /**
     * Reads a message and checks lengths, cookie and, where there is one, FINGERPRINT. MESSAGE-INTEGRITY is kept for
     * {@link #authentic}; attributes after it are dropped, as section 14.5 asks.
     */
    public static StunMessage parse(byte[] buffer, int offset, int length) throws Malformed {
        if (length < HEADER_LENGTH) {
            throw new Malformed(WHAT, length, "shorter than its header");
        }
        int type = Bytes.u16(buffer, offset);
        if (type >>> 14 != 0) {
            throw new Malformed(WHAT, 0, "the first two bits are not zero");
        }
        if ((int) Bytes.u32(buffer, offset + 4) != MAGIC_COOKIE) {
            throw new Malformed(WHAT, 4, "no magic cookie");
        }
        int bodyLength = Bytes.u16(buffer, offset + 2);
        if (bodyLength != length - HEADER_LENGTH || (bodyLength & 3) != 0) {
            throw new Malformed(WHAT, 2, "length does not fit");
        }
        List<StunAttribute> attributes = new ArrayList<>();
        byte[] protectedBytes = null;
        byte[] integrity = null;
        int end = offset + length;
        int at = offset + HEADER_LENGTH;
        while (at < end) {
            if (end - at < 4) {
                throw new Malformed(WHAT, at - offset, "attribute is cut off");
            }
            int attributeType = Bytes.u16(buffer, at);
            int valueLength = Bytes.u16(buffer, at + 2);
            int value = at + 4;
            if (valueLength > end - value) {
                throw new Malformed(WHAT, at - offset, "attribute runs over the end");
            }
            if (attributeType == StunAttribute.FINGERPRINT) {
                checkFingerprint(buffer, offset, at, valueLength, end);
                break;
            }
            if (integrity == null) {
                if (attributeType == StunAttribute.MESSAGE_INTEGRITY) {
                    if (valueLength != INTEGRITY_LENGTH) {
                        throw new Malformed(WHAT, at - offset, "MESSAGE-INTEGRITY is not 20 bytes");
                    }
                    integrity = Arrays.copyOfRange(buffer, value, value + INTEGRITY_LENGTH);
                    protectedBytes = Arrays.copyOfRange(buffer, offset, at);
                    Bytes.put16(protectedBytes, 2, at - offset - HEADER_LENGTH + 4 + INTEGRITY_LENGTH);
                } else {
                    attributes.add(StunAttributes.parse(
                            attributeType, buffer, value, valueLength, value - offset, offset + 8));
                }
            }
            at = value + (valueLength + 3 & ~3);
        }
        return new StunMessage(
                classOf(type),
                methodOf(type),
                TransactionId.read(buffer, offset + 8),
                attributes,
                protectedBytes,
                integrity);
    }

    /**
     * Writes the message with FINGERPRINT, and before it with MESSAGE-INTEGRITY if there is a key.
     *
     * @param key with short-term credentials the password's UTF-8 bytes
     */
    public byte[] encode(byte @Nullable [] key) {
        ByteWriter out = new ByteWriter();
        out.u16(typeOf(messageClass, method)).u16(0).u32(MAGIC_COOKIE).bytes(transactionId.bytes());
        for (StunAttribute attribute : attributes) {
            StunAttributes.write(attribute, transactionId, out);
        }
        if (key != null) {
            out.patch16(2, out.size() - HEADER_LENGTH + 4 + INTEGRITY_LENGTH);
            byte[] mac = HmacSha1.of(key, out.array(), out.size());
            out.u16(StunAttribute.MESSAGE_INTEGRITY).u16(INTEGRITY_LENGTH).bytes(mac);
        }
        out.patch16(2, out.size() - HEADER_LENGTH + 8);
        long crc = crc32(out.array(), 0, out.size());
        out.u16(StunAttribute.FINGERPRINT).u16(4).u32(crc ^ FINGERPRINT_XOR);
        return out.toBytes();
    }

    /** Whether a message that was read carries MESSAGE-INTEGRITY made with this key. */
    public boolean authentic(byte[] key) {
        return protectedBytes != null
                && integrity != null
                && HmacSha1.equal(integrity, HmacSha1.of(key, protectedBytes, protectedBytes.length));
    }

    public StunClass messageClass() {
        return messageClass;
    }

    /** {@link #BINDING} in ICE. */
    public int method() {
        return method;
    }

    public TransactionId transactionId() {
        return transactionId;
    }

    public List<StunAttribute> attributes() {
        return attributes;
    }

    /** The first attribute of a kind, or null. */
    public <T extends StunAttribute> @Nullable T attribute(Class<T> kind) {
        for (StunAttribute attribute : attributes) {
            if (kind.isInstance(attribute)) {
                return kind.cast(attribute);
            }
        }
        return null;
    }

    /** USERNAME, or null. */
    public @Nullable String username() {
        StunAttribute.Username username = attribute(StunAttribute.Username.class);
        return username == null ? null : username.name();
    }

    /** XOR-MAPPED-ADDRESS, or null. */
    public @Nullable InetSocketAddress mappedAddress() {
        StunAttribute.XorMappedAddress mapped = attribute(StunAttribute.XorMappedAddress.class);
        return mapped == null ? null : mapped.address();
    }

    public boolean useCandidate() {
        return attribute(StunAttribute.UseCandidate.class) != null;
    }

    /** The types because of which a request must be answered 420; empty if it is understood. */
    public List<Integer> notUnderstood() {
        return attributes.stream()
                .filter(a -> a instanceof StunAttribute.Unknown unknown && unknown.comprehensionRequired())
                .map(StunAttribute::type)
                .toList();
    }

    private static void checkFingerprint(byte[] buffer, int offset, int at, int valueLength, int end) throws Malformed {
        if (valueLength != 4 || at + 8 != end) {
            throw new Malformed(WHAT, at - offset, "FINGERPRINT is not the last 8 bytes");
        }
        if ((crc32(buffer, offset, at - offset) ^ FINGERPRINT_XOR) != Bytes.u32(buffer, at + 4)) {
            throw new Malformed(WHAT, at - offset, "FINGERPRINT does not match");
        }
    }

    private static long crc32(byte[] buffer, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(buffer, offset, length);
        return crc.getValue();
    }

    private static int typeOf(StunClass messageClass, int method) {
        int c = messageClass.ordinal();
        return (method & 0xF80) << 2 | (method & 0x70) << 1 | method & 0xF | (c & 2) << 7 | (c & 1) << 4;
    }

    private static StunClass classOf(int type) {
        return switch (type >>> 7 & 2 | type >>> 4 & 1) {
            case 0 -> StunClass.REQUEST;
            case 1 -> StunClass.INDICATION;
            case 2 -> StunClass.SUCCESS;
            default -> StunClass.ERROR;
        };
    }

    private static int methodOf(int type) {
        return type >>> 2 & 0xF80 | type >>> 1 & 0x70 | type & 0xF;
    }

    /** Equal in what was said; how it was protected does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StunMessage that
                && messageClass == that.messageClass
                && method == that.method
                && transactionId.equals(that.transactionId)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return transactionId.hashCode();
    }

    @Override
    public String toString() {
        return messageClass + " method " + method + " " + transactionId + " " + attributes;
    }
}
