package org.everytake.call.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CipherChangeGateTest {
    private static final String CHANGE_CIPHER_SPEC = "14 fefd 0000 000000000005 0001 01";
    private static final String KEY_EXCHANGE = "16 fefd 0000 000000000003 000e 10 000002 0002 000000 000002 aaaa";
    private static final String VERIFY = "16 fefd 0000 000000000004 000e 0f 000002 0003 000000 000002 bbbb";
    private static final String VERIFY_FIRST_HALF = "16 fefd 0000 000000000004 000d 0f 000002 0003 000000 000001 bb";
    private static final String VERIFY_SECOND_HALF = "16 fefd 0000 000000000005 000d 0f 000002 0003 000001 000001 bb";
    private static final String ENCRYPTED = "16 fefd 0001 000000000000 000e 0f 000002 0003 000000 000002 bbbb";

    private final CipherChangeGate server = new CipherChangeGate(DtlsRole.SERVER);

    @Test
    void aCipherChangeBeforeTheVerifyIsKeptAwayAndPassesAfterIt() {
        assertThat(passing(CHANGE_CIPHER_SPEC)).isZero();
        assertThat(passing(KEY_EXCHANGE)).isEqualTo(27);
        assertThat(passing(KEY_EXCHANGE + CHANGE_CIPHER_SPEC + ENCRYPTED)).isEqualTo(27);
        assertThat(passing(KEY_EXCHANGE + VERIFY + CHANGE_CIPHER_SPEC)).isEqualTo(27 + 27 + 14);
        assertThat(passing(CHANGE_CIPHER_SPEC)).isEqualTo(14);
    }

    @Test
    void aVerifyInFragmentsEndsWithItsLast() {
        assertThat(passing(VERIFY_FIRST_HALF + CHANGE_CIPHER_SPEC)).isEqualTo(26);
        assertThat(passing(VERIFY_SECOND_HALF + CHANGE_CIPHER_SPEC)).isEqualTo(26 + 14);
    }

    @Test
    void whatIsEncryptedOrCutOffIsNoVerify() {
        passing(ENCRYPTED);
        passing("16 fefd 0000 000000000004 000e 0f 000002");
        assertThat(passing(CHANGE_CIPHER_SPEC)).isZero();
    }

    @Test
    void aClientTakesItAtOnce() {
        byte[] datagram = bytes(CHANGE_CIPHER_SPEC);
        assertThat(new CipherChangeGate(DtlsRole.CLIENT).passing(datagram)).isEqualTo(datagram.length);
    }

    private int passing(String datagram) {
        return server.passing(bytes(datagram));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
