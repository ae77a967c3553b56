package org.everytake.call.room;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.everytake.call.Kind;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;

/** Writes down what a recorder would hear. */
final class Diary implements Sink {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> packets = new LinkedBlockingQueue<>();

    @Override
    public void joined(String person, String name) {
        events.add("joined " + person + " " + name);
    }

    @Override
    public void left(String person) {
        events.add("left " + person);
    }

    @Override
    public void muted(String person, Kind kind, boolean muted) {
        events.add("muted " + person + " " + kind + " " + muted);
    }

    @Override
    public void opened(Track track) {
        events.add("opened " + track.person() + " " + track.kind() + " "
                + track.streams().getFirst().ssrc());
    }

    @Override
    public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        packets.add(extendedSequence);
    }

    @Override
    public void senderReport(Track track, Stream stream, SenderReport report, long arrivalNanos) {
        events.add("report " + report.ntpTime());
    }

    @Override
    public void closed(Track track, String reason) {
        events.add("closed " + track.person() + " " + track.kind() + " " + reason);
    }

    String next() throws InterruptedException {
        String event = events.poll(60, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }
}
