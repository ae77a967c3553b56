package org.everytake.peer;

/**
 * What a peer offers, and takes of an offer; used as far as the other side agrees.
 *
 * @param retransmission sends again what is asked for in a stream of its own, and takes such (RFC 4588)
 * @param transportFeedback numbers packets over all streams, and says when such arrived
 * @param audioRepair answers and sends NACK for audio, too
 * @param redundantAudio sends each audio frame twice, and takes such (RFC 2198)
 * @param keepsLogs remembers each packet sent and the time of each frame received; memory grows with time
 */
public record MediaOptions(
        boolean retransmission,
        boolean transportFeedback,
        boolean audioRepair,
        boolean redundantAudio,
        boolean keepsLogs) {

    /** As a browser that is asked for nothing special, but for the repair of audio. */
    public static final MediaOptions DEFAULT = new MediaOptions(true, true, true, false, true);

    public MediaOptions withRetransmission(boolean on) {
        return new MediaOptions(on, transportFeedback, audioRepair, redundantAudio, keepsLogs);
    }

    public MediaOptions withTransportFeedback(boolean on) {
        return new MediaOptions(retransmission, on, audioRepair, redundantAudio, keepsLogs);
    }

    public MediaOptions withAudioRepair(boolean on) {
        return new MediaOptions(retransmission, transportFeedback, on, redundantAudio, keepsLogs);
    }

    public MediaOptions withRedundantAudio(boolean on) {
        return new MediaOptions(retransmission, transportFeedback, audioRepair, on, keepsLogs);
    }

    public MediaOptions withLogs(boolean on) {
        return new MediaOptions(retransmission, transportFeedback, audioRepair, redundantAudio, on);
    }
}
