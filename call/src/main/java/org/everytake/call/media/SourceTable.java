package org.everytake.call.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.everytake.call.sdp.PublishOffer;
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

        /** The simulcast layer, empty if there is but one. */
        final String rid;

        /** Whether it repeats what was lost of another (RFC 4588); then it has no track and no stream. */
        final boolean repairs;

        @Nullable
        LiveTrack track;

        @Nullable
        InboundStream stream;

        Source(long ssrc, PublishedSection section, String rid, boolean repairs) {
            this.ssrc = ssrc;
            this.section = section;
            this.rid = rid;
            this.repairs = repairs;
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
        boolean repairs = section.repeated(packet.payloadType()) >= 0;
        String rid = text(packet, section, repairs ? ExtMap.REPAIRED_RTP_STREAM_ID : ExtMap.RTP_STREAM_ID);
        if (rid == null || !section.offered().rids().contains(rid)) {
            rid = "";
        }
        var source = new Source(packet.ssrc(), section, rid, repairs);
        sources = Arrays.copyOf(sources, sources.length + 1);
        sources[sources.length - 1] = source;
        return source;
    }

    /** The stream of which a retransmission repeats a packet; null if it is not known yet, or gone. */
    @Nullable
    InboundStream repaired(Source repairing) {
        PublishedSection section = repairing.section;
        LiveTrack track = section.track;
        Long ssrc = section.offered().repair().ssrcs().get(repairing.ssrc);
        Source source = ssrc == null ? null : known(ssrc);
        if (source != null) {
            return source.track == track ? source.stream : null;
        }
        if (track != null) {
            for (Layer layer : track.layers()) {
                if (layer.rid().equals(repairing.rid)) {
                    return layer.stream();
                }
            }
        }
        return null;
    }

    private @Nullable PublishedSection find(RtpPacket packet) {
        for (PublishedSection section : sections.values()) {
            PublishOffer.Section offered = section.offered();
            if (offered.ssrcs().contains(packet.ssrc())
                    || offered.repair().ssrcs().containsKey(packet.ssrc())) {
                return section;
            }
        }
        for (PublishedSection section : sections.values()) {
            String mid = text(packet, section, ExtMap.MID);
            if (mid != null) {
                return sections.get(mid);
            }
        }
        return byPayloadType(packet.payloadType());
    }

    /** A header extension that is a name; null if the packet does not have it. */
    private static @Nullable String text(RtpPacket packet, PublishedSection section, String uri) {
        int id = section.offered().extensionId(uri);
        int at = id == 0 ? -1 : packet.extensionOffset(id);
        return at < 0 ? null : new String(packet.buffer(), at, packet.extensionLength(id), StandardCharsets.UTF_8);
    }

    private @Nullable PublishedSection byPayloadType(int payloadType) {
        PublishedSection only = null;
        for (PublishedSection section : sections.values()) {
            if (section.offered().sends() && (section.takes(payloadType) || section.repeated(payloadType) >= 0)) {
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
