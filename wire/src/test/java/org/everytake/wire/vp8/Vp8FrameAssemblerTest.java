package org.everytake.wire.vp8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.junit.jupiter.api.Test;

class Vp8FrameAssemblerTest implements FrameAssembler.Listener {
    private static final byte[] KEY = Hex.bytes("90 46 02 9d012a 8002 e001 aaaaaaaaaaaaaaaaaaaa");
    private static final byte[] DELTA = Hex.bytes("b1 00 00 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");

    private final List<VideoFrame> frames = new ArrayList<>();
    private final List<VideoLoss> losses = new ArrayList<>();
    private final FrameAssembler assembler = new FrameAssembler(new Vp8Depacketizer(), this);
    private final Vp8Packetizer packetizer = new Vp8Packetizer(10, 32766);

    @Override
    public void frame(VideoFrame frame) {
        frames.add(frame);
    }

    @Override
    public void lost(VideoLoss loss) {
        losses.add(loss);
    }

    @Test
    void wholeFramesComeOutAsTheyWentInAlsoOverTheWrapOfPictureIds() {
        long sequence = 65534;
        for (int i = 0; i < 4; i++) {
            sequence = push(i == 0 ? KEY : DELTA, sequence, 3000 * i);
        }
        assertThat(losses).isEmpty();
        assertThat(frames).hasSize(4);
        assertThat(frames.getFirst().bytes()).isEqualTo(KEY);
        assertThat(frames.getFirst().keyFrame()).isTrue();
        assertThat(frames.getFirst().firstSequence()).isEqualTo(65534);
        assertThat(frames.getFirst().lastSequence()).isEqualTo(65537);
        assertThat(frames.get(1).bytes()).isEqualTo(DELTA);
        assertThat(frames.get(1).keyFrame()).isFalse();
        assertThat(frames.get(3).rtpTimestamp()).isEqualTo(9000);
        assertThat(frames).allMatch(f -> f.width() == 640 && f.height() == 480);
    }

    @Test
    void aPacketMissingWithinAFrameIsALossAndTheNextFrameIsWholeAgain() {
        List<byte[]> payloads = packetizer.packetize(KEY);
        assertThat(payloads).hasSize(4);
        push(10, 0, false, payloads.get(0));
        push(12, 0, false, payloads.get(2));
        push(13, 0, true, payloads.get(3));
        push(DELTA, 14, 3000);
        assertThat(losses).containsExactly(new VideoLoss(10, 11, 1, true));
        assertThat(frames).singleElement().matches(f -> !f.keyFrame() && f.firstSequence() == 14);
    }

    @Test
    void theEndOfAFrameMissingIsALoss() {
        List<byte[]> payloads = packetizer.packetize(DELTA);
        for (int i = 0; i < payloads.size() - 1; i++) {
            push(100 + i, 0, false, payloads.get(i));
        }
        long lastSequence = 100 + payloads.size() - 1;
        push(KEY, lastSequence + 1, 3000);
        assertThat(losses).containsExactly(new VideoLoss(100, lastSequence, 1, true));
        assertThat(frames).singleElement().matches(VideoFrame::keyFrame);
    }

    @Test
    void aWholeFrameMissingIsALoss() {
        long next = push(KEY, 0, 0);
        int skipped = packetizer.packetize(DELTA).size();
        push(DELTA, next + skipped, 6000);
        assertThat(losses).containsExactly(new VideoLoss(next, next + skipped - 1, skipped, true));
        assertThat(frames).hasSize(2);
    }

    @Test
    void missingPaddingIsNoLossOfAFrame() {
        long next = push(KEY, 0, 0);
        push(DELTA, next + 2, 3000);
        assertThat(losses).containsExactly(new VideoLoss(next, next + 1, 2, false));
        assertThat(frames).hasSize(2);
    }

    @Test
    void packetsOfOnlyPaddingChangeNothing() {
        List<byte[]> payloads = packetizer.packetize(KEY);
        push(0, 0, false, new byte[0]);
        push(1, 0, false, payloads.get(0));
        push(2, 0, false, payloads.get(1));
        push(3, 0, false, payloads.get(2));
        push(4, 0, false, new byte[0]);
        push(5, 0, true, payloads.get(3));
        push(6, 0, false, new byte[0]);
        push(DELTA, 7, 3000);
        assertThat(losses).isEmpty();
        assertThat(frames).hasSize(2);
        assertThat(frames.getFirst().bytes()).isEqualTo(KEY);
    }

    @Test
    void laterPartitionsMayStartInPacketsOfTheirOwn() {
        byte[] first = descriptor(new Vp8PayloadDescriptor(false, true, 0, -1, false, -1, -1, false, -1), KEY);
        byte[] second = descriptor(
                new Vp8PayloadDescriptor(false, true, 1, -1, false, -1, -1, false, -1), new byte[] {1, 2, 3});
        push(0, 0, false, first);
        push(1, 0, true, second);
        assertThat(frames)
                .singleElement()
                .satisfies(f -> assertThat(f.bytes()).hasSize(KEY.length + 3).endsWith(1, 2, 3));
    }

    @Test
    void aFrameWithoutItsMarkerEndsWhereTheNextBegins() {
        push(0, 0, false, descriptor(Vp8PayloadDescriptor.of(true, 1), KEY));
        push(1, 3000, true, descriptor(Vp8PayloadDescriptor.of(true, 2), DELTA));
        assertThat(losses).isEmpty();
        assertThat(frames).extracting(VideoFrame::lastSequence).containsExactly(0L, 1L);
    }

    @Test
    void joiningInTheMiddleOfAFrameIsOneLoss() {
        List<byte[]> payloads = packetizer.packetize(KEY);
        push(1, 0, false, payloads.get(1));
        push(2, 0, false, payloads.get(2));
        push(3, 0, true, payloads.get(3));
        push(DELTA, 4, 3000);
        assertThat(losses).containsExactly(new VideoLoss(1, 1, 0, true));
        assertThat(frames).hasSize(1);
    }

    @Test
    void doubleAndLatePacketsAreDropped() {
        long next = push(KEY, 100, 0);
        push(next - 1, 0, true, packetizer.packetize(DELTA).getLast());
        push(DELTA, next, 3000);
        assertThat(frames).hasSize(2);
    }

    @Test
    void unusablePayloadsAreALossAndNotAnException() {
        push(0, 0, true, Hex.bytes("90"));
        push(1, 0, true, Hex.bytes("10"));
        push(2, 0, true, Hex.bytes("10 00"));
        push(KEY, 3, 3000);
        assertThat(losses).hasSize(3).allMatch(l -> l.frameLost() && l.missingPackets() == 0);
        assertThat(frames).hasSize(1);
    }

    @Test
    void fromRandomLossesComeOnlyFramesThatWereSent() {
        Random random = new Random(5);
        List<byte[]> sent = new ArrayList<>();
        long sequence = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] frame = new byte[10 + random.nextInt(60)];
            random.nextBytes(frame);
            frame[0] |= 1;
            sent.add(frame);
            List<byte[]> payloads = packetizer.packetize(frame);
            for (int p = 0; p < payloads.size(); p++) {
                if (random.nextInt(20) != 0) {
                    push(sequence, 3000L * i, p == payloads.size() - 1, payloads.get(p));
                }
                sequence++;
            }
        }
        assertThat(frames).hasSizeBetween(1000, 1999);
        assertThat(losses).isNotEmpty();
        assertThat(frames).allSatisfy(f -> assertThat(f.bytes()).isEqualTo(sent.get((int) (f.rtpTimestamp() / 3000))));
    }

    /** Sends all packets of a frame and says the next sequence number. */
    private long push(byte[] frame, long sequence, long timestamp) {
        List<byte[]> payloads = packetizer.packetize(frame);
        for (int i = 0; i < payloads.size(); i++) {
            push(sequence + i, timestamp, i == payloads.size() - 1, payloads.get(i));
        }
        return sequence + payloads.size();
    }

    private void push(long sequence, long timestamp, boolean marker, byte[] payload) {
        byte[] out = new byte[100];
        int length = RtpWriter.write(
                out, 0, new RtpHeader(96, marker, sequence, timestamp, 1), List.of(), payload, 0, payload.length);
        try {
            assembler.push(new RtpPacket().wrap(out, 0, length), sequence);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] descriptor(Vp8PayloadDescriptor descriptor, byte[] data) {
        byte[] payload = new byte[descriptor.length() + data.length];
        System.arraycopy(data, 0, payload, descriptor.write(payload, 0), data.length);
        return payload;
    }
}
