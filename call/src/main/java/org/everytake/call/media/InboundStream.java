package org.everytake.call.media;

import java.util.ArrayList;
import java.util.List;
import org.everytake.call.Stream;
import org.everytake.call.dtls.ReplayWindow;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.SequenceExtender;
import org.jspecify.annotations.Nullable;

/** One SSRC that a publisher sends. Owned by the loop. */
public final class InboundStream {
    private final Stream stream;
    private final Layer layer;
    private final InboundFormat format;
    private final ReplayWindow window = new ReplayWindow();
    private final SequenceExtender extender = new SequenceExtender();
    private final ReceptionStatistics statistics;
    private final @Nullable NackGenerator nack;
    private final long[] due;
    private final PacketLayer packetLayer = new PacketLayer();
    private @Nullable LayerRates rates;
    private @Nullable PacketHistory history;
    private @Nullable SenderReport lastReport;
    private long lastReportNanos;
    private long lastGivenUp;

    /**
     * @param clockRate of its timestamps, in Hz
     * @param nack whether the publisher sends again what we ask for
     */
    InboundStream(Stream stream, Layer layer, InboundFormat format, int clockRate, boolean nack) {
        this.stream = stream;
        this.layer = layer;
        this.format = format;
        this.statistics = new ReceptionStatistics(stream.ssrc(), clockRate);
        this.nack = nack ? new NackGenerator() : null;
        this.due = new long[nack ? 256 : 0];
    }

    public Stream stream() {
        return stream;
    }

    Layer layer() {
        return layer;
    }

    InboundFormat format() {
        return format;
    }

    public ReceptionStatistics statistics() {
        return statistics;
    }

    public @Nullable SenderReport lastReport() {
        return lastReport;
    }

    public long lastReportNanos() {
        return lastReportNanos;
    }

    /**
     * Accounts for a packet.
     *
     * @return its extended sequence number, -1 if it has come before, by itself or as a retransmission
     */
    public long received(RtpPacket packet, long arrivalNanos) {
        if (!window.accept(packet.sequenceNumber())) {
            return -1;
        }
        long extended = extender.extend(packet.sequenceNumber());
        statistics.packet(extended, packet.timestamp(), arrivalNanos);
        if (nack != null) {
            nack.arrived(extended, arrivalNanos);
        }
        if (history != null) {
            history.store(packet, extended);
        }
        return extended;
    }

    public void reported(SenderReport report, long arrivalNanos) {
        lastReport = report;
        lastReportNanos = arrivalNanos;
        statistics.senderReport(report, arrivalNanos);
    }

    /** Reads which layer within the stream a packet belongs to. */
    void readLayer(@Nullable VideoCodec codec, RtpPacket packet, long arrivalNanos) {
        packetLayer.read(codec, packet, format.descriptorExtension());
        if (packetLayer.isLayered()) {
            if (rates == null) {
                rates = new LayerRates();
            }
            rates.arrived(packetLayer, packet.length(), arrivalNanos);
        }
    }

    /** Of the packet that was read last. */
    PacketLayer packetLayer() {
        return packetLayer;
    }

    /** How much flows of the layers within; null if it has none. */
    @Nullable
    LayerRates rates() {
        return rates;
    }

    /** Packets are kept from the first time that this is asked for. */
    PacketHistory history() {
        if (history == null) {
            history = new PacketHistory();
        }
        return history;
    }

    /** Another stream has followed: what this one sent is not asked for any more. */
    void ended() {
        history = null;
    }

    /** Whether packets are missing that may still come. */
    boolean isMissing() {
        return nack != null && nack.missing() > 0;
    }

    /** A request for what is missing now, or null. */
    @Nullable
    TransportLayerNack nackDue(long ourSsrc, long nowNanos) {
        if (nack == null || nack.missing() == 0) {
            return null;
        }
        int count = nack.due(nowNanos, due);
        if (count == 0) {
            return null;
        }
        List<Integer> lost = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lost.add((int) due[i] & 0xFFFF);
        }
        return new TransportLayerNack(ourSsrc, stream.ssrc(), lost);
    }

    /** How many packets have been given up since the last call. */
    long givenUpSince() {
        if (nack == null) {
            return 0;
        }
        long since = nack.givenUp() - lastGivenUp;
        lastGivenUp = nack.givenUp();
        return since;
    }
}
