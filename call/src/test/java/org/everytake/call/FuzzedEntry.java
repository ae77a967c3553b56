package org.everytake.call;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.everytake.call.dtls.DtlsDemands;
import org.everytake.call.dtls.SrtpDemands;
import org.everytake.call.sdp.SdpDemands;
import org.everytake.call.transport.IceDemands;
import org.everytake.wire.Fuzzed;

/** Where what comes from outside enters a call, besides the parsers of {@code wire}. */
public enum FuzzedEntry implements Fuzzed {
    DTLS(DtlsDemands::seeds, DtlsDemands::handshake, 300),
    SRTP(SrtpDemands::seeds, SrtpDemands::packets, 3_000),
    ICE(IceDemands::seeds, IceDemands::check, 10_000),
    PUBLISH_OFFER(SdpDemands::offers, SdpDemands::publishOffer, 500),
    SUBSCRIBE_ANSWER(SdpDemands::answers, SdpDemands::subscribeAnswer, 500),
    WATCH_OFFER(SdpDemands::watchOffers, SdpDemands::watchOffer, 500);

    private final Supplier<List<byte[]>> seeds;
    private final Predicate<byte[]> takes;
    private final int rounds;

    FuzzedEntry(Supplier<List<byte[]>> seeds, Predicate<byte[]> takes, int rounds) {
        this.seeds = seeds;
        this.takes = takes;
        this.rounds = rounds;
    }

    @Override
    public List<byte[]> seeds() {
        return seeds.get();
    }

    @Override
    public boolean takes(byte[] input) {
        return takes.test(input);
    }

    @Override
    public int rounds() {
        return rounds;
    }
}
