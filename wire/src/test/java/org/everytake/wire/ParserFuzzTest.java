package org.everytake.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries for coverage-guided fuzzing with Jazzer. In the build each runs its seeds only. To fuzz one of them for as
 * long as its time limit says:
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl wire test -Dtest='ParserFuzzTest#rtcp'
 * </pre>
 *
 * <p>An input that breaks a demand is written beside the sources; make it a named case of the parser's own test.
 */
class ParserFuzzTest {
    @MethodSource("rtpSeeds")
    @FuzzTest(maxDuration = "10m")
    void rtp(byte[] bytes) {
        demand(ParserDemands::rtp, bytes);
    }

    @MethodSource("rtcpSeeds")
    @FuzzTest(maxDuration = "10m")
    void rtcp(byte[] bytes) {
        demand(ParserDemands::rtcp, bytes);
    }

    @MethodSource("stunSeeds")
    @FuzzTest(maxDuration = "10m")
    void stun(byte[] bytes) {
        demand(ParserDemands::stun, bytes);
    }

    @MethodSource("sdpSeeds")
    @FuzzTest(maxDuration = "10m")
    void sdp(byte[] bytes) {
        demand(ParserDemands::sdp, bytes);
    }

    @MethodSource("sdpFragmentSeeds")
    @FuzzTest(maxDuration = "10m")
    void sdpFragment(byte[] bytes) {
        demand(ParserDemands::sdpFragment, bytes);
    }

    @MethodSource("vp8Seeds")
    @FuzzTest(maxDuration = "10m")
    void vp8(byte[] bytes) {
        demand(ParserDemands::vp8, bytes);
    }

    @MethodSource("vp9Seeds")
    @FuzzTest(maxDuration = "10m")
    void vp9(byte[] bytes) {
        demand(ParserDemands::vp9, bytes.clone());
    }

    @MethodSource("h264ParametersSeeds")
    @FuzzTest(maxDuration = "10m")
    void h264Parameters(byte[] bytes) {
        demand(ParserDemands::h264Parameters, bytes);
    }

    @MethodSource("dependencyDescriptorSeeds")
    @FuzzTest(maxDuration = "10m")
    void dependencyDescriptor(byte[] bytes) {
        demand(ParserDemands::dependencyDescriptor, bytes);
    }

    @MethodSource("videoStreamSeeds")
    @FuzzTest(maxDuration = "10m")
    void videoStream(byte[] bytes) {
        demand(ParserDemands::videoStream, bytes);
    }

    @MethodSource("opusSeeds")
    @FuzzTest(maxDuration = "10m")
    void opus(byte[] bytes) {
        demand(ParserDemands::opus, bytes);
    }

    @MethodSource("retransmissionSeeds")
    @FuzzTest(maxDuration = "10m")
    void retransmission(byte[] bytes) {
        demand(ParserDemands::retransmission, bytes);
    }

    @MethodSource("redundantAudioSeeds")
    @FuzzTest(maxDuration = "10m")
    void redundantAudio(byte[] bytes) {
        demand(ParserDemands::redundantAudio, bytes);
    }

    static Stream<byte[]> rtpSeeds() {
        return Seeds.rtp().stream();
    }

    static Stream<byte[]> rtcpSeeds() {
        return Seeds.rtcp().stream();
    }

    static Stream<byte[]> stunSeeds() {
        return Seeds.stun().stream();
    }

    static Stream<byte[]> sdpSeeds() {
        return Seeds.sdp().stream();
    }

    static Stream<byte[]> sdpFragmentSeeds() {
        return Seeds.sdpFragment().stream();
    }

    static Stream<byte[]> vp8Seeds() {
        return Seeds.vp8().stream();
    }

    static Stream<byte[]> vp9Seeds() {
        return Seeds.vp9().stream();
    }

    static Stream<byte[]> h264ParametersSeeds() {
        return Seeds.h264Parameters().stream();
    }

    static Stream<byte[]> dependencyDescriptorSeeds() {
        return Seeds.dependencyDescriptor().stream();
    }

    static Stream<byte[]> videoStreamSeeds() {
        return Seeds.videoStream().stream();
    }

    static Stream<byte[]> opusSeeds() {
        return Seeds.opus().stream();
    }

    static Stream<byte[]> retransmissionSeeds() {
        return Seeds.retransmission().stream();
    }

    static Stream<byte[]> redundantAudioSeeds() {
        return Seeds.redundantAudio().stream();
    }

    private static void demand(ParserDemands.Demand demand, byte[] bytes) {
        try {
            demand.of(bytes);
        } catch (Malformed refused) {
            // Refusing is one of the two right answers; what it says must be sayable.
            List.of(refused.getMessage(), refused.what(), refused.why());
        }
    }
}
