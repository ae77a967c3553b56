package org.everytake.bench.kill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.SenderLog.Sent;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.tape.read.RecordedTape;

/**
 * A recording in whose midst the server was killed, and what is on its tape before anybody recovers it.
 *
 * @param shown whether the API had said of it that it was being recorded
 * @param lostSeconds newest packet sent less newest on tape, of the stream that lost most
 * @param missing sequence numbers between the first and the last on tape that are not there, of all streams
 */
public record KilledRecording(String id, boolean shown, double lostSeconds, long missing) {

    /**
     * Has publishers join and a recording start, and kills the server so many seconds later.
     *
     * @param clips what each publisher sends
     * @param random gives the publishers their numbers
     * @throws IOException also if nothing of the recording can be read
     */
    public static KilledRecording make(Server server, Api api, List<Clip> clips, double seconds, RandomGenerator random)
            throws IOException, InterruptedException {
        String session = api.createSession("Killed").path("id").asText();
        List<Participant> publishers = new ArrayList<>();
        try {
            long clipStart = System.nanoTime();
            for (Clip clip : clips) {
                PeerOptions options = PeerOptions.of("peer-" + publishers.size(), random.nextLong())
                        .withClipStart(clipStart);
                publishers.add(Participant.publisher(new SocketNetwork(), api, session, options, clip));
            }
            String id = api.startRecording(session, publishers.getFirst().room().pass())
                    .path("id")
                    .asText();
            long fromNanos = System.nanoTime();
            Await.pass(seconds);
            boolean shown = api.recording(id).path("state").asText().equals("recording");
            long killedNanos = System.nanoTime();
            server.kill();
            try (RecordedTape tape = ServerTape.open(server.place().data(), id)) {
                return judge(id, shown, tape, publishers, fromNanos, killedNanos);
            }
        } finally {
            publishers.forEach(Participant::close);
        }
    }

    private static KilledRecording judge(
            String id,
            boolean shown,
            RecordedTape tape,
            List<Participant> publishers,
            long fromNanos,
            long killedNanos) {
        Map<Long, Gaps> onTape = Gaps.of(tape).stream()
                .collect(Collectors.toMap(Gaps::ssrc, Function.identity(), (first, again) -> again));
        double lost = 0;
        for (Participant publisher : publishers) {
            Map<Long, List<Sent>> streams =
                    publisher.peer().log().sent().stream().collect(Collectors.groupingBy(Sent::ssrc));
            for (Map.Entry<Long, List<Sent>> stream : streams.entrySet()) {
                Gaps found = onTape.get(stream.getKey());
                long last = found == null ? -1 : found.last();
                lost = Math.max(lost, LostTail.seconds(stream.getValue(), last, fromNanos, killedNanos));
            }
        }
        long missing = onTape.values().stream().mapToLong(Gaps::missing).sum();
        return new KilledRecording(id, shown, lost, missing);
    }
}
