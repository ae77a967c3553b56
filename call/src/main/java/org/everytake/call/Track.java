package org.everytake.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The live medium that a person sends: from its first packet until it is closed. What is sent after that is another
 * track, even if it comes from the same device. Two tracks are the same only if they are the same object.
 *
 * <p>Changed by the loop of its room only; what it returns may be read from any thread, and does not change once
 * returned.
 */
public final class Track {
    private final long number;
    private final String person;
    private final Kind kind;
    private final String mid;
    private volatile List<Codec> codecs;
    private volatile Map<Integer, String> headerExtensions;
    private volatile List<Stream> streams = List.of();

    /** Made by a room; by others only in tests. */
    public Track(
            long number,
            String person,
            Kind kind,
            String mid,
            List<Codec> codecs,
            Map<Integer, String> headerExtensions) {
        this.number = number;
        this.person = person;
        this.kind = kind;
        this.mid = mid;
        this.codecs = List.copyOf(codecs);
        this.headerExtensions = Map.copyOf(headerExtensions);
    }

    /** Unique within the server's process; counts up. */
    public long number() {
        return number;
    }

    public String person() {
        return person;
    }

    public Kind kind() {
        return kind;
    }

    /** The media section (RFC 8843) in the publisher's SDP. */
    public String mid() {
        return mid;
    }

    /** What the payload types of its packets mean. */
    public List<Codec> codecs() {
        return codecs;
    }

    /** Header extension ids (RFC 8285) and their URIs. */
    public Map<Integer, String> headerExtensions() {
        return headerExtensions;
    }

    /** Its streams so far; the place in the list is {@link Stream#index}. */
    public List<Stream> streams() {
        return streams;
    }

    /** By the loop of its room only. */
    public void describe(List<Codec> newCodecs, Map<Integer, String> newHeaderExtensions) {
        codecs = List.copyOf(newCodecs);
        headerExtensions = Map.copyOf(newHeaderExtensions);
    }

    /** By the loop of its room only. */
    public Stream addStream(long ssrc, String rid) {
        var stream = new Stream(streams.size(), ssrc, mid, rid);
        var grown = new ArrayList<>(streams);
        grown.add(stream);
        streams = List.copyOf(grown);
        return stream;
    }

    @Override
    public String toString() {
        return person + "/" + kind + "#" + number;
    }
}
