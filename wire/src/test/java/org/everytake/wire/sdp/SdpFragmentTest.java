package org.everytake.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpFragmentTest {
    private static final String TRICKLED = """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host generation 0
            a=candidate:2 1 tcp 1518280447 ab1c.local 9 typ host tcptype active
            a=end-of-candidates
            """.replace("\n", "\r\n");

    @Test
    void aFragmentPrintsAsItCame() throws Exception {
        assertThat(SdpFragment.parse(TRICKLED).print()).isEqualTo(TRICKLED);
        assertThat(SdpFragment.parse(TRICKLED.replace("\r\n", "\n")).print()).isEqualTo(TRICKLED);
    }

    @Test
    void credentialsAreThoseOfTheSectionOrOfTheSession() throws Exception {
        SdpFragment trickled = SdpFragment.parse(TRICKLED);
        assertThat(trickled.iceUfrag()).isEqualTo("EsAw");
        assertThat(trickled.icePwd()).isEqualTo("P2uYro0UCOQ4zxjKXaWCBui1");
        assertThat(trickled.media().getFirst().all(IceCandidate.class)).hasSize(2);

        SdpFragment alone = SdpFragment.parse("a=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k");
        assertThat(alone.iceUfrag()).isEqualTo("ysXw");
        assertThat(alone.icePwd()).isEqualTo("vw5LmwG4y/e6dPP/zAP9Gp5k");
        assertThat(SdpFragment.parse("a=end-of-candidates").iceUfrag()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n",
                "o=- 1 2 IN IP4 127.0.0.1\r\n",
                "a=mid:0\r\n\r\na=mid:1\r\n",
                "hello",
                "{\"candidate\":\"\"}",
                "a=candidate:1 1 udp\r\n",
                "m=audio x UDP/TLS/RTP/SAVPF 111\r\n",
                "a=mid:\u0000\r\n"
            })
    void whatIsNoFragmentIsRefused(String text) {
        assertThatThrownBy(() -> SdpFragment.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> SdpFragment.parse("a=x:" + "y".repeat(SessionDescription.MAX_LINE_LENGTH)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> SdpFragment.parse("a=x\r\n".repeat(SessionDescription.MAX_LENGTH)))
                .isInstanceOf(Malformed.class);
    }
}
