package org.everytake.wire.stun;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * One attribute of a STUN message. MESSAGE-INTEGRITY and FINGERPRINT are not among them: they are checked when
 * reading and made when writing, see {@link StunMessage}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             type              |     length without padding    |
 * |       value, then zeros up to a multiple of four bytes ...    |
 *
 * XOR-MAPPED-ADDRESS  | zero (8) | family 1 or 2 (8) | port ^ cookie (16) | address ^ cookie, transaction id |
 * ERROR-CODE          | zero (21) | hundreds (3) | rest (8) | reason, UTF-8 ... |
 * PRIORITY            | 32 bits |     ICE-CONTROLLING, ICE-CONTROLLED | 64 bits |     USE-CANDIDATE is empty
 * </pre>
 */
public sealed interface StunAttribute {
    int USERNAME = 0x0006;
    int MESSAGE_INTEGRITY = 0x0008;
    int ERROR_CODE = 0x0009;
    int UNKNOWN_ATTRIBUTES = 0x000A;
    int XOR_MAPPED_ADDRESS = 0x0020;
    int PRIORITY = 0x0024;
    int USE_CANDIDATE = 0x0025;
    int SOFTWARE = 0x8022;
    int FINGERPRINT = 0x8028;
    int ICE_CONTROLLED = 0x8029;
    int ICE_CONTROLLING = 0x802A;

    int type();

    /** In ICE: ufrag of the receiver, colon, ufrag of the sender. */
    record Username(String name) implements StunAttribute {
        @Override
        public int type() {
            return USERNAME;
        }
    }

    /**
     * Why a request failed.
     *
     * @param code 300 to 699
     */
    record ErrorCode(int code, String reason) implements StunAttribute {
        public static final int BAD_REQUEST = 400;
        public static final int UNAUTHENTICATED = 401;
        public static final int UNKNOWN_ATTRIBUTE = 420;
        public static final int ROLE_CONFLICT = 487;

        @Override
        public int type() {
            return ERROR_CODE;
        }
    }

    /** The attributes that made the server answer 420. */
    record UnknownAttributes(List<Integer> types) implements StunAttribute {
        public UnknownAttributes {
            types = List.copyOf(types);
        }

        @Override
        public int type() {
            return UNKNOWN_ATTRIBUTES;
        }
    }

    /** From where the request came, as its receiver saw it; the address is resolved. */
    record XorMappedAddress(InetSocketAddress address) implements StunAttribute {
        @Override
        public int type() {
            return XOR_MAPPED_ADDRESS;
        }
    }

    /** The priority that a candidate found by this check would have, unsigned 32 bits. */
    record Priority(long value) implements StunAttribute {
        @Override
        public int type() {
            return PRIORITY;
        }
    }

    /** The controlling agent has chosen this pair. */
    record UseCandidate() implements StunAttribute {
        @Override
        public int type() {
            return USE_CANDIDATE;
        }
    }

    record IceControlled(long tieBreaker) implements StunAttribute {
        @Override
        public int type() {
            return ICE_CONTROLLED;
        }
    }

    record IceControlling(long tieBreaker) implements StunAttribute {
        @Override
        public int type() {
            return ICE_CONTROLLING;
        }
    }

    record Software(String description) implements StunAttribute {
        @Override
        public int type() {
            return SOFTWARE;
        }
    }

    /** An attribute that is not read here, kept as it came. */
    record Unknown(int type, byte[] value) implements StunAttribute {
        /** Whether a request with it must be refused (RFC 8489, section 14). */
        public boolean comprehensionRequired() {
            return type < 0x8000;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unknown that && type == that.type && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * type + Arrays.hashCode(value);
        }
    }
}
