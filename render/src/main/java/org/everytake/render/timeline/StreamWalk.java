package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.everytake.render.Coding;
import org.everytake.render.Format;
import org.everytake.render.Span;
import org.everytake.tape.Codec;
import org.everytake.tape.Kind;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.sdp.ExtMap;
import org.jspecify.annotations.Nullable;

/** Walks over the streams of a take once, and sorts their packets by what they are. Used once, by one thread. */
final class StreamWalk {
    /** What helps others across the network, and needs no decoding to be seen or heard. */
    private static final Set<String> HELPERS =
            Set.of("rtx", "red", "ulpfec", "flexfec-03", "flexfec", "cn", "telephone-event");

    private static final int PAYLOAD_TYPES = 128;

    private final TakeDescription description;
    private final List<Span> mutes;
    private final int orientationId;
    private final @Nullable Format[] formats = new Format[PAYLOAD_TYPES];
    private final @Nullable String[] foreign = new String[PAYLOAD_TYPES];
    private final List<StreamScan> scans = new ArrayList<>();
    private final Set<String> undecoded = new LinkedHashSet<>();

    /** @param mutes of the take's source */
    StreamWalk(RecordedTake take, List<Span> mutes) {
        this.description = take.description();
        this.mutes = mutes;
        this.orientationId = description.headerExtensions().entrySet().stream()
                .filter(extension -> extension.getValue().equals(ExtMap.VIDEO_ORIENTATION))
                .mapToInt(extension -> extension.getKey())
                .findFirst()
                .orElse(0);
        description.codecs().forEach(this::know);
        description.streams().forEach(stream -> walk(stream.stream(), take.records(stream.stream())));
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

    private void walk(int stream, Iterable<TapeRecord> records) {
        @Nullable StreamScan[] byPayloadType = new StreamScan[PAYLOAD_TYPES];
        for (TapeRecord record : records) {
            if (record.bytes().length < 2) {
                continue;
            }
            int payloadType = record.bytes()[1] & 0x7F;
            Format format = formats[payloadType];
            if (format == null) {
                String name = foreign[payloadType];
                if (name != null) {
                    undecoded.add(name);
                }
                continue;
            }
            StreamScan scan = byPayloadType[payloadType];
            if (scan == null) {
                scan = new StreamScan(description.take(), stream, description.source(), format, orientationId, mutes);
                scans.add(scan);
                byPayloadType[format.payloadType()] = scan;
                if (format.redundantPayloadType() >= 0) {
                    byPayloadType[format.redundantPayloadType()] = scan;
                }
            }
            scan.take(record);
        }
    }
}
