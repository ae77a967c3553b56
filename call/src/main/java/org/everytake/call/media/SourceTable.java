package org.everytake.call.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.ExtMap;
import org.jspecify.annotations.Nullable;

/**
 * Which media section a packet belongs to (RFC 8843, section 9.2): by its SSRC, known or signalled, else by its MID,
 * else by a payload type that only one section has. Owned by the loop.
 */
final class SourceTable {
    private static final int MOST_SOURCES = 64;

    /** One SSRC; the stream is that of the section's present track, or of one that has been closed. */
    static final class Source {
        final long ssrc;
        final PublishedSection section;

        @Nullable
        LiveTrack track;

        @Nullable
        InboundStream stream;

        Source(long ssrc, PublishedSection section) {
            this.ssrc = ssrc;
            this.section = section;
        }
    }

    private final Map<String, PublishedSection> sections = new LinkedHashMap<>();
    private Source[] sources = new Source[0];

    Collection<PublishedSection> sections() {
        return sections.values();
    }

    @Nullable
    PublishedSection section(String mid) {
        return sections.get(mid);
    }

    void put(String mid, PublishedSection section) {
        sections.put(mid, section);
    }

    void remove(String mid) {
        PublishedSection section = sections.remove(mid);
        if (section != null) {
            drop(source -> source.section == section);
        }
    }

    /** Forgets the sources of a section that the newest offer does not name any more. */
    void signalled(PublishedSection section) {
        if (!section.offered().ssrcs().isEmpty()) {
            drop(source ->
                    source.section == section && !section.offered().ssrcs().contains(source.ssrc));
        }
    }

    private void drop(Predicate<Source> gone) {
        sources = Arrays.stream(sources).filter(gone.negate()).toArray(Source[]::new);
    }

    @Nullable
    Source known(long ssrc) {
        for (Source source : sources) {
            if (source.ssrc == ssrc) {
                return source;
            }
        }
        return null;
    }

    /** For the first packet of a source; null if it is none of those signalled. */
    @Nullable
    Source learn(RtpPacket packet) {
        PublishedSection section = find(packet);
        if (section != null && sources.length >= MOST_SOURCES) {
            drop(source -> source.track == null || source.track != source.section.track);
        }
        if (section == null || sources.length >= MOST_SOURCES) {
            return null;
        }
        var source = new Source(packet.ssrc(), section);
        sources = Arrays.copyOf(sources, sources.length + 1);
        sources[sources.length - 1] = source;
        return source;
    }

    private @Nullable PublishedSection find(RtpPacket packet) {
        for (PublishedSection section : sections.values()) {
            if (section.offered().ssrcs().contains(packet.ssrc())) {
                return section;
            }
        }
        for (PublishedSection section : sections.values()) {
            int id = section.offered().extensionId(ExtMap.MID);
            int at = id == 0 ? -1 : packet.extensionOffset(id);
            if (at >= 0) {
                var mid = new String(packet.buffer(), at, packet.extensionLength(id), StandardCharsets.UTF_8);
                return sections.get(mid);
            }
        }
        return byPayloadType(packet.payloadType());
    }

    private @Nullable PublishedSection byPayloadType(int payloadType) {
        PublishedSection only = null;
        for (PublishedSection section : sections.values()) {
            if (section.offered().sends() && section.takes(payloadType)) {
                // Where SSRCs are signalled, another one is not the section's.
                if (only != null || !section.offered().ssrcs().isEmpty()) {
                    return null;
                }
                only = section;
            }
        }
        return only;
    }
}
