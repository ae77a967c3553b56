package org.everytake.call;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened to datagrams, by reason. May be read and counted up from any thread. */
public final class CallCounters {
    /** What is counted. */
    public enum Counter {
        DATAGRAMS_RECEIVED,
        DATAGRAMS_SENT,
        SEND_FAILED,
        RECEIVE_FAILED,
        TCP_ACCEPTED,
        TCP_REFUSED,
        TCP_MALFORMED,
        TCP_OVERFLOW,
        TCP_EXPIRED,
        UNKNOWN_FIRST_BYTE,
        UNKNOWN_ADDRESS,
        STUN_MALFORMED,
        STUN_UNKNOWN_USER,
        STUN_BAD_INTEGRITY,
        STUN_UNEXPECTED,
        STUN_TOO_MANY,
        PATHS_FOLLOWED,
        DTLS_MALFORMED,
        DTLS_OVERFLOW,
        DTLS_TOO_MANY,
        DTLS_FAILED,
        DTLS_COMPLETED,
        SRTP_BEFORE_KEYS,
        SRTP_UNAUTHENTIC,
        SRTP_REPLAYED,
        RTP_MALFORMED,
        RTP_UNKNOWN_SOURCE,
        RTP_UNKNOWN_PAYLOAD_TYPE,
        RTP_RECEIVED,
        RTP_REPAIRED,
        RTP_DUPLICATE,
        RTP_PADDING_RECEIVED,
        RTP_PADDING_SENT,
        RTP_CODEC_NOT_TAKEN,
        RTP_FORWARDED,
        /** Left out for a subscriber who gets fewer layers of a stream. */
        RTP_THINNED,
        RTP_RETRANSMITTED,
        RTP_RETRANSMISSION_GONE,
        RTCP_MALFORMED,
        RTCP_UNKNOWN_SOURCE,
        NACKS_SENT,
        PACKETS_GIVEN_UP,
        KEY_FRAMES_REQUESTED,
        SDP_REFUSED,
        SINK_FAULTS,
        LISTENER_OVERFLOW,
        INTERNAL_FAULTS
    }

    private final LongAdder[] adders = new LongAdder[Counter.values().length];

    public CallCounters() {
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
    }

    public void count(Counter counter) {
        adders[counter.ordinal()].increment();
    }

    public void add(Counter counter, long count) {
        if (count != 0) {
            adders[counter.ordinal()].add(count);
        }
    }

    public long get(Counter counter) {
        return adders[counter.ordinal()].sum();
    }

    /** All that are not zero, by name in small letters. */
    public Map<String, Long> snapshot() {
        var map = new LinkedHashMap<String, Long>();
        for (Counter counter : Counter.values()) {
            long sum = get(counter);
            if (sum != 0) {
                map.put(counter.name().toLowerCase(Locale.ROOT), sum);
            }
        }
        return map;
    }
}
