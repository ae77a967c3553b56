package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.everytake.render.Coding;
import org.everytake.render.Format;
import org.everytake.render.Span;
import org.everytake.render.media.RecentMedia;
import org.everytake.tape.Codec;
import org.everytake.tape.Kind;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.sdp.ExtMap;
import org.jspecify.annotations.Nullable;

/** Walks over the streams of a take once, and sorts their packets by what they are. One thread. */
final class StreamWalk {
    /** What helps others across the network, and needs no decoding to be seen or heard. */
    private static final Set<String> HELPERS =
            Set.of("rtx", "red", "ulpfec", "flexfec-03", "flexfec", "cn", "telephone-event");

    private static final int PAYLOAD_TYPES = 128;

    private final Supplier<List<Span>> mutes;
    private final boolean listens;
    private final boolean follows;
    private final @Nullable Format[] formats = new Format[PAYLOAD_TYPES];
    private final @Nullable String[] foreign = new String[PAYLOAD_TYPES];
    private final Map<Integer, @Nullable StreamScan[]> byStream = new HashMap<>();
    private final List<StreamScan> scans = new ArrayList<>();
    private final Set<String> undecoded = new LinkedHashSet<>();
    private TakeDescription description;
    private int extensionId;

    /**
     * @param mutes of the take's source, as far as they are known
     * @param listens whether sound whose packets don't say how loud they are is heard
     * @param follows whether to keep what comes for a while, because the recording goes on
     */
    StreamWalk(TakeDescription description, Supplier<List<Span>> mutes, boolean listens, boolean follows) {
        this.description = description;
        this.mutes = mutes;
        this.listens = listens;
        this.follows = follows;
        describe(description);
    }

    /** Over a take that is whole. */
    static StreamWalk over(RecordedTake take, Supplier<List<Span>> mutes, boolean listens) {
        StreamWalk walk = new StreamWalk(take.description(), mutes, listens, false);
        take.description()
                .streams()
                .forEach(stream -> take.records(stream.stream()).forEach(walk::take));
        return walk;
    }

    /** What is known of the take by now; what was known before still holds. */
    final void describe(TakeDescription newest) {
        description = newest;
        String wanted = newest.source().kind() == Kind.MICROPHONE ? ExtMap.AUDIO_LEVEL : ExtMap.VIDEO_ORIENTATION;
        extensionId = newest.headerExtensions().entrySet().stream()
                .filter(extension -> extension.getValue().equals(wanted))
                .mapToInt(extension -> extension.getKey())
                .findFirst()
                .orElse(extensionId);
        newest.codecs().forEach(this::know);
    }

    /** What was found, by stream and format; none of a stream in which nothing came that can be decoded. */
    List<StreamScan> scans() {
        return scans;
    }

    /** The encoding names of what came and can't be decoded. */
    Set<String> undecoded() {
        return undecoded;
    }

    private void know(Codec codec) {
        boolean wantsPicture = description.source().kind() != Kind.MICROPHONE;
        Optional<Coding> coding = Coding.of(codec.name()).filter(known -> known.isPicture() == wantsPicture);
        if (coding.isPresent() && codec.clockRate() > 0) {
            int red = wantsPicture ? -1 : redundant(codec.clockRate());
            Format format = new Format(coding.get(), codec.clockRate(), codec.payloadType(), red, codec.fmtp());
            formats[codec.payloadType()] = format;
            if (red >= 0 && formats[red] == null) {
                formats[red] = format;
            }
        } else if (!HELPERS.contains(codec.name().toLowerCase(Locale.ROOT))) {
            foreign[codec.payloadType()] = codec.name();
        }
    }

    private int redundant(int clockRate) {
        return description.codecs().stream()
                .filter(codec -> codec.name().equalsIgnoreCase("red") && codec.clockRate() == clockRate)
                .mapToInt(Codec::payloadType)
                .findFirst()
                .orElse(-1);
    }

    /** The next record of a stream, in order of sequence. */
    void take(TapeRecord record) {
        if (record.length() < 2) {
            return;
        }
        int payloadType = record.buffer()[record.offset() + 1] & 0x7F;
        Format format = formats[payloadType];
        if (format == null) {
            String name = foreign[payloadType];
            if (name != null) {
                undecoded.add(name);
            }
            return;
        }
        @Nullable
        StreamScan[] byPayloadType = byStream.computeIfAbsent(record.stream(), stream -> new StreamScan[PAYLOAD_TYPES]);
        StreamScan scan = byPayloadType[payloadType];
        if (scan == null) {
            scan = scan(record.stream(), format);
            scans.add(scan);
            byPayloadType[format.payloadType()] = scan;
            if (format.redundantPayloadType() >= 0) {
                byPayloadType[format.redundantPayloadType()] = scan;
            }
        }
        scan.take(record);
    }

    private StreamScan scan(int stream, Format format) {
        return new StreamScan(
                description.take(),
                stream,
                description.source(),
                format,
                extensionId,
                mutes,
                listens,
                follows ? new RecentMedia() : null);
    }
}
