package org.everytake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;

/** The parsers of this module. */
public enum FuzzedParser implements Fuzzed {
    RTP(Seeds::rtp, ParserDemands::rtp, 30_000),
    RTCP(Seeds::rtcp, ParserDemands::rtcp, 60_000),
    STUN(Seeds::stun, ParserDemands::stun, 30_000),
    SDP(Seeds::sdp, ParserDemands::sdp, 1_500),
    SDP_FRAGMENT(Seeds::sdpFragment, ParserDemands::sdpFragment, 5_000),
    VP8(Seeds::vp8, ParserDemands::vp8, 60_000),
    VP9(Seeds::vp9, ParserDemands::vp9, 60_000),
    H264_PARAMETERS(Seeds::h264Parameters, ParserDemands::h264Parameters, 30_000),
    DEPENDENCY_DESCRIPTOR(Seeds::dependencyDescriptor, ParserDemands::dependencyDescriptor, 30_000),
    VIDEO_STREAM(Seeds::videoStream, ParserDemands::videoStream, 60_000),
    OPUS(Seeds::opus, ParserDemands::opus, 60_000),
    RETRANSMISSION(Seeds::retransmission, ParserDemands::retransmission, 60_000),
    REDUNDANT_AUDIO(Seeds::redundantAudio, ParserDemands::redundantAudio, 60_000);

    private final Supplier<List<byte[]>> seeds;
    private final ParserDemands.Demand demand;
    private final int rounds;

    FuzzedParser(Supplier<List<byte[]>> seeds, ParserDemands.Demand demand, int rounds) {
        this.seeds = seeds;
        this.demand = demand;
        this.rounds = rounds;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds.get();
    }

    @Override
    public boolean takes(byte[] input) {
        try {
            demand.of(input);
            return true;
        } catch (Malformed refused) {
            assertThat(refused.offset()).isNotNegative();
            assertThat(refused).hasMessageStartingWith(refused.what()).hasMessageEndingWith(refused.why());
            return false;
        }
    }

    @Override
    public int rounds() {
        return rounds;
    }
}
