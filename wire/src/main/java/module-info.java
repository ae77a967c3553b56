/** Bytes to protocol values and back. No I/O, threads, clocks or logging. */
module org.everytake.wire {
    requires static org.jspecify;

    exports org.everytake.wire;
    exports org.everytake.wire.rtp;
    exports org.everytake.wire.rtcp;
    exports org.everytake.wire.stun;
    exports org.everytake.wire.sdp;
    exports org.everytake.wire.video;
    exports org.everytake.wire.codec;
    exports org.everytake.wire.vp8;
    exports org.everytake.wire.vp9;
    exports org.everytake.wire.h264;
    exports org.everytake.wire.av1;
    exports org.everytake.wire.opus;
}
