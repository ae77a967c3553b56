package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.sdp.RtpMap;
import org.junit.jupiter.api.Test;

class InboundAudioTest {
    private static final int OPUS = 111;
    private static final int RED = 63;
    private static final int FRAME = 960;

    private final List<String> heard = new ArrayList<>();
    private final Viewer viewer = new Viewer() {
        @Override
        public void audio(String mid, long extendedSequence, long rtpTimestamp, byte[] opus) {
            heard.add(extendedSequence + "@" + rtpTimestamp + "=" + opus[0]);
        }

        @Override
        public void audioLost(String mid, long missingPackets) {
            heard.add("lost " + missingPackets);
        }
    };
    private final InboundAudio audio = new InboundAudio(
            new InboundSection(
                    "0",
                    false,
                    true,
                    Map.of(OPUS, new RtpMap(OPUS, "opus", 48_000, 2), RED, new RtpMap(RED, "red", 48_000, 2)),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    ExtensionIds.NONE),
            viewer,
            new FrameCounter(null));

    /** The frame of a number has that number in it, and so have the earlier ones. */
    private void red(int sequence, int earlierFrames) throws Malformed {
        List<RedundantAudio.Earlier> earlier = new ArrayList<>();
        for (int ago = earlierFrames; ago > 0; ago--) {
            earlier.add(new RedundantAudio.Earlier(OPUS, ago * FRAME, new byte[] {(byte) (sequence - ago)}));
        }
        byte[] primary = {(byte) sequence};
        byte[] payload = new byte[RedundantAudio.length(earlier, primary)];
        RedundantAudio.write(payload, 0, earlier, OPUS, primary);
        packet(RED, sequence, payload);
    }

    private void packet(int payloadType, int sequence, byte[] payload) throws Malformed {
        byte[] out = new byte[100];
        RtpHeader header = new RtpHeader(payloadType, false, sequence, (long) sequence * FRAME, 5);
        int length = RtpWriter.write(out, 0, header, List.of(), payload, 0, payload.length);
        audio.packet(new RtpPacket().wrap(out, 0, length), sequence, sequence);
    }

    @Test
    void whatIsThereAnywayIsTakenOnce() throws Malformed {
        red(1, 0);
        red(2, 1);
        red(3, 2);
        assertThat(heard).containsExactly("1@960=1", "2@1920=2", "3@2880=3");
        assertThat(audio.statistics().redundant()).isZero();
    }

    @Test
    void aLostFrameComesOutOfTheNextPacket() throws Malformed {
        red(1, 1);
        red(3, 1);
        assertThat(heard).containsExactly("1@960=1", "2@1920=2", "3@2880=3");
        assertThat(audio.statistics().redundant()).isEqualTo(1);
        assertThat(audio.statistics().lost()).isZero();
        assertThat(audio.statistics().whole()).isEqualTo(3);
    }

    @Test
    void whatLiesFurtherBackIsLost() throws Malformed {
        red(1, 1);
        red(5, 2);
        assertThat(heard).containsExactly("1@960=1", "lost 1", "3@2880=3", "4@3840=4", "5@4800=5");
        assertThat(audio.statistics().lost()).isEqualTo(1);
    }

    @Test
    void withoutRedundancyAGapIsLost() throws Malformed {
        packet(OPUS, 1, new byte[] {1});
        packet(OPUS, 4, new byte[] {4});
        assertThat(heard).containsExactly("1@960=1", "lost 2", "4@3840=4");
    }

    @Test
    void brokenRedundancyIsALostFrame() throws Malformed {
        red(1, 1);
        packet(RED, 2, new byte[] {(byte) 0xEF});
        red(3, 1);
        assertThat(heard).containsExactly("1@960=1", "lost 1", "3@2880=3");
    }

    @Test
    void paddingIsNoFrame() throws Malformed {
        packet(OPUS, 1, new byte[] {1});
        packet(OPUS, 2, new byte[0]);
        assertThat(heard).containsExactly("1@960=1");
    }
}
