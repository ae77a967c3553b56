package org.everytake.render.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.everytake.tape.Codec;
import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.sdp.ExtMap;

/**
 * Writes a recording of one RTP stream as the WebRTC server Janus does, version 2 of its format. Numbers are big-endian.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                 "MJR00002", eight characters                  |  0
 * +-------------------------------+-------------------------------+
 * |      length of the JSON       |  JSON ...                     |  8
 * +-------------------------------+-------------------------------+
 * then of each packet
 * +---------------------------------------------------------------+
 * |                   "MEET", four characters                     |  0
 * +---------------------------------------------------------------+
 * |             arrival: milliseconds since the first             |  4
 * +-------------------------------+-------------------------------+
 * |     length of the packet      |  RTP packet ...               |  8
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>The JSON has {@code t}: a or v, for audio or video; {@code c}: the codec in lower case; {@code f}: its parameters as in
 * SDP's {@code fmtp}; {@code x}: header extensions, id to URI, of those that Janus reads; {@code s} and {@code u}: wall
 * times in microseconds since 1970, of the recording's beginning and of the first packet. One thread.
 */
final class MjrWriter {
    /** Janus's reader has 1500 bytes for the JSON, of which the rest takes few. */
    private static final int MOST_PARAMETERS = 300;

    /** The header extensions which that reader looks at. */
    private static final List<String> EXTENSIONS = List.of(ExtMap.AUDIO_LEVEL, ExtMap.VIDEO_ORIENTATION);

    private static final int MOST_EXTENSION_ID = 15;
    private static final int PACKET_HEADER = 10;

    private static final int BUFFER_BYTES = 8 * 1024;

    private final OutputStream out;
    /** Packets are small and many: what is behind {@code out} sees them by the dozen. */
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private int filled;
    private long firstNanos;
    private boolean begun;

    MjrWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the file's head; once, before any packet.
     *
     * @param extensions RTP header extension id to URI
     * @param zero the wall time of the recording's beginning
     * @param firstNanos arrival of the first packet, since zero
     */
    void begin(Codec codec, Map<Integer, String> extensions, Instant zero, long firstNanos) throws IOException {
        this.firstNanos = firstNanos;
        byte[] json = json(codec, extensions, zero, firstNanos);
        out.write("MJR00002".getBytes(StandardCharsets.US_ASCII));
        out.write(json.length >>> 8);
        out.write(json.length);
        out.write(json);
        begun = true;
    }

    /**
     * Writes a packet, 65535 bytes at most.
     *
     * @param arrivalNanos since the recording's zero; one that overtook the first counts as having come with it
     */
    void packet(long arrivalNanos, byte[] bytes, int offset, int length) throws IOException {
        if (!begun) {
            throw new IllegalStateException("a packet before the head of its file");
        }
        if (filled + PACKET_HEADER + length > buffer.length) {
            flush();
        }
        boolean fits = PACKET_HEADER + length <= buffer.length;
        buffer[filled] = 'M';
        buffer[filled + 1] = 'E';
        buffer[filled + 2] = 'E';
        buffer[filled + 3] = 'T';
        Bytes.put32(buffer, filled + 4, Math.max(0, arrivalNanos - firstNanos) / 1_000_000);
        Bytes.put16(buffer, filled + 8, length);
        filled += PACKET_HEADER;
        if (fits) {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        } else {
            flush();
            out.write(bytes, offset, length);
        }
    }

    /** Hands on what was written, all of it. */
    void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }

    private static byte[] json(Codec codec, Map<Integer, String> extensions, Instant zero, long firstNanos)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(bytes);
        json.row();
        json.name("t").value(isVideo(codec) ? "v" : "a");
        json.name("c").value(codec.name().toLowerCase(Locale.ROOT));
        if (!codec.fmtp().isEmpty() && codec.fmtp().length() <= MOST_PARAMETERS) {
            json.name("f").value(codec.fmtp());
        }
        json.name("x").row();
        for (String uri : EXTENSIONS) {
            OptionalInt id = extensions.entrySet().stream()
                    .filter(extension -> extension.getValue().equals(uri))
                    .mapToInt(Map.Entry::getKey)
                    .filter(number -> number <= MOST_EXTENSION_ID)
                    .min();
            if (id.isPresent()) {
                json.name(String.valueOf(id.getAsInt())).value(uri);
            }
        }
        json.end();
        json.name("s").value(micros(zero, 0));
        json.name("u").value(micros(zero, firstNanos));
        json.end().flush();
        return bytes.toByteArray();
    }

    /** All that RTP carries of pictures counts at 90 kHz, and no sound that people send does. */
    static boolean isVideo(Codec codec) {
        return codec.clockRate() == 90_000;
    }

    private static long micros(Instant zero, long nanos) {
        Instant at = zero.plusNanos(nanos);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }
}
