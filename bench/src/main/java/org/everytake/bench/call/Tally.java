package org.everytake.bench.call;

/**
 * What the load generator has done and seen; all but the last five since its start.
 *
 * @param publishers that are connected and send, or would if their connection had not ended
 * @param ended publishers whose connection ended by itself
 * @param sentPackets without retransmissions
 * @param sentOctets of payload
 * @param retransmitted packets sent again because the server asked for them
 * @param receivedPackets by viewers, without duplicates
 * @param missingPackets sequence numbers that viewers miss after repair
 * @param frames whole ones at viewers, and packets of sound
 * @param ticks of peers, since the tally before
 * @param lateTicks of these, those more than 20 ms after their time
 * @param latestMillis the worst of these
 * @param unsent datagrams that the system did not take, since the tally before
 * @param processorSeconds of the generator since its start
 */
record Tally(
        int publishers,
        int viewers,
        int ended,
        long sentPackets,
        long sentOctets,
        long retransmitted,
        long receivedPackets,
        long missingPackets,
        long frames,
        long ticks,
        long lateTicks,
        double latestMillis,
        long unsent,
        double processorSeconds) {

    /** What is half a second late a peer leaves out, as a camera would: then the load is not whole. */
    private static final double TOLERABLE_MILLIS = 400;

    /** Of ticks that come late, and so send in bursts; single ones are a matter of course on a shared machine. */
    private static final double TOLERABLE_SHARE = 0.02;

    /** Whether the load was not what it should have been, so that what was measured under it says little. */
    boolean fellBehind() {
        return unsent > 0 || latestMillis > TOLERABLE_MILLIS || lateTicks > TOLERABLE_SHARE * ticks;
    }
}
