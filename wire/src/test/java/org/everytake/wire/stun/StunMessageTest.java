package org.everytake.wire.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples with MESSAGE-INTEGRITY are those of RFC 5769. */
class StunMessageTest {
    private static final byte[] KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(StandardCharsets.US_ASCII);

    private static final String REQUEST = """
            0001 0058                     # binding request, 88 bytes follow
            2112a442                      # magic cookie
            b7e7a701 bc34d686 fa87dfae    # transaction id
            8022 0010                     # SOFTWARE
            5354554e 20746573 7420636c 69656e74
            0024 0004 6e0001ff            # PRIORITY
            8029 0008 932ff9b1 51263b36   # ICE-CONTROLLED
            0006 0009                     # USERNAME "evtj:h6vY", padded with blanks
            6576746a 3a683676 59202020
            0008 0014                     # MESSAGE-INTEGRITY
            9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
            8028 0004 e57a3bcf            # FINGERPRINT
            """;
    private static final String RESPONSE_IPV4 = """
            0101 003c 2112a442 b7e7a701 bc34d686 fa87dfae
            8022 000b 74657374 20766563 746f7220             # SOFTWARE "test vector"
            0020 0008 0001 a147 e112a643                     # XOR-MAPPED-ADDRESS
            0008 0014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
            8028 0004 c07d4c96
            """;
    private static final String RESPONSE_IPV6 = """
            0101 0048 2112a442 b7e7a701 bc34d686 fa87dfae
            8022 000b 74657374 20766563 746f7220
            0020 0014 0002 a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
            0008 0014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
            8028 0004 c8fb0b4c
            """;

    @Test
    void theSampleRequestIsReadAndAuthentic() throws Malformed {
        StunMessage message = parse(REQUEST);
        assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
        assertThat(message.method()).isEqualTo(StunMessage.BINDING);
        assertThat(message.transactionId()).hasToString("b7e7a701bc34d686fa87dfae");
        assertThat(message.attributes())
                .containsExactly(
                        new StunAttribute.Software("STUN test client"),
                        new StunAttribute.Priority(0x6E0001FFL),
                        new StunAttribute.IceControlled(0x932FF9B151263B36L),
                        new StunAttribute.Username("evtj:h6vY"));
        assertThat(message.username()).isEqualTo("evtj:h6vY");
        assertThat(message.authentic(KEY)).isTrue();
        assertThat(message.authentic("wrong".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.notUnderstood()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 192.0.2.1", "6, 2001:db8:1234:5678:11:2233:4455:6677"})
    void theSampleResponsesAreReadAndAuthentic(int family, String address) throws Malformed {
        StunMessage message = parse(family == 4 ? RESPONSE_IPV4 : RESPONSE_IPV6);
        assertThat(message.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(message.mappedAddress()).isEqualTo(new InetSocketAddress(address, 32853));
        assertThat(message.authentic(KEY)).isTrue();
    }

    static List<Arguments> messages() {
        TransactionId id = TransactionId.of(0xB7E7A701, 0xBC34D686FA87DFAEL);
        StunMessage request = StunMessage.bindingRequest(
                id,
                new StunAttribute.Username("a:b"),
                new StunAttribute.Priority(0xFFFFFFFFL),
                new StunAttribute.IceControlling(-1),
                new StunAttribute.UseCandidate(),
                new StunAttribute.Unknown(0xC057, new byte[] {1, 2, 3}));
        return List.of(
                Arguments.of("request of the controlling side", request),
                Arguments.of("success over IPv4", request.success(new InetSocketAddress("198.51.100.7", 65535))),
                Arguments.of("success over IPv6", request.success(new InetSocketAddress("2001:db8::1", 1))),
                Arguments.of("error", request.error(StunAttribute.ErrorCode.ROLE_CONFLICT, "Role Conflict")),
                Arguments.of(
                        "unknown attributes",
                        StunMessage.of(
                                StunClass.ERROR,
                                StunMessage.BINDING,
                                id,
                                List.of(
                                        new StunAttribute.ErrorCode(420, "Unknown Attribute"),
                                        new StunAttribute.UnknownAttributes(List.of(1, 0x7FFF))))),
                Arguments.of("indication", StunMessage.of(StunClass.INDICATION, 0xFFF, id, List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void whatIsWrittenIsReadAgain(String name, StunMessage message) throws Malformed {
        byte[] bare = message.encode(null);
        assertThat(StunMessage.parse(bare, 0, bare.length)).isEqualTo(message);
        byte[] withKey = message.encode(KEY);
        StunMessage parsed = StunMessage.parse(withKey, 0, withKey.length);
        assertThat(parsed).isEqualTo(message);
        assertThat(parsed.authentic(KEY)).isTrue();
        assertThat(StunMessage.parse(bare, 0, bare.length).authentic(KEY)).isFalse();
    }

    @Test
    void aChangedByteIsNoticedByTheFingerprintAndTheIntegrity() throws Malformed {
        byte[] bytes = Hex.bytes(REQUEST);
        bytes[24] ^= 1;
        assertThatThrownBy(() -> StunMessage.parse(bytes, 0, bytes.length))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("FINGERPRINT");
        byte[] withoutFingerprint = Arrays.copyOf(bytes, bytes.length - 8);
        withoutFingerprint[3] -= 8;
        assertThat(StunMessage.parse(withoutFingerprint, 0, withoutFingerprint.length)
                        .authentic(KEY))
                .isFalse();
    }

    @Test
    void whatFollowsTheIntegrityIsNotBelieved() throws Malformed {
        byte[] authentic = Hex.bytes(REQUEST);
        byte[] longer = Arrays.copyOf(authentic, authentic.length - 4);
        System.arraycopy(Hex.bytes("0025 0000"), 0, longer, longer.length - 4, 4);
        longer[3] -= 4;
        StunMessage message = StunMessage.parse(longer, 0, longer.length);
        assertThat(message.authentic(KEY)).isTrue();
        assertThat(message.useCandidate()).isFalse();
    }

    @Test
    void whatMustBeUnderstoodIsNamed() throws Malformed {
        StunMessage message = parse("0001 0008 2112a442 000000000000000000000000 7001 0001 ff000000");
        assertThat(message.notUnderstood()).containsExactly(0x7001);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "header cut off, 000100002112a4420000000000000000000000",
        "first bits set, 400100002112a442000000000000000000000000",
        "other cookie, 000100002112a443000000000000000000000000",
        "length too long, 000100042112a442000000000000000000000000",
        "length no multiple of four, 000100022112a4420000000000000000000000000000",
        "attribute over the end, 000100042112a44200000000000000000000000000060001",
        "address of another family, 0101000c2112a442000000000000000000000000002000080003a147e112a643",
        "address too short, 0101000c2112a442000000000000000000000000002000080002a147e112a643",
        "priority of two bytes, 000100082112a44200000000000000000000000000240002ffff0000",
        "user name no UTF-8, 000100082112a44200000000000000000000000000060001ff000000",
        "error code 200, 011100082112a4420000000000000000000000000009000400000200",
        "integrity of four bytes, 000100082112a442000000000000000000000000000800040000ffff"
    })
    void malformedMessagesAreRefused(String name, String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> StunMessage.parse(bytes, 0, bytes.length)).isInstanceOf(Malformed.class);
    }

    private static StunMessage parse(String hex) throws Malformed {
        byte[] bytes = Hex.bytes(hex);
        return StunMessage.parse(bytes, 0, bytes.length);
    }
}
