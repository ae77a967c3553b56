package org.everytake.render.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.everytake.render.Chunk;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.RenderPlan;
import org.everytake.render.Span;
import org.everytake.render.Timeline;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.VideoClip;
import org.everytake.render.media.TapeReader;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for a chunk in the middle of a long recording, on whose way timestamps have begun anew. */
class PaneFeedTest {
    private static final String COLOUR = "0x2020c0";
    private static final double SECONDS = 90;
    private static final Span SECOND_CHUNK = new Span(Script.nanos(64), Script.nanos(SECONDS));

    @TempDir
    Path folder;

    @Test
    void CAP_11_aChunkReadsNoMoreThanItShows() throws Exception {
        assertThat(readFor(VideoClip.flashes(VideoCodec.VP8, COLOUR, 320, 180))).isLessThan(0.6);
    }

    @Test
    void CAP_11_aChunkReadsFromTheBeginningWhatWasSaidOnlyThere() throws Exception {
        assertThat(readFor(VideoClip.describedOnce(COLOUR, 320, 180))).isGreaterThan(1);
    }

    /** Feeds the same with and without leaving out what comes before, and gives how much was read by how much there is. */
    private double readFor(VideoClip clip) throws Exception {
        Script script = Script.of("Long", "anna").stops(SECONDS);
        new Performer(script, "anna", 3, 80).camera(clip, 0, SECONDS);
        try (RecordedTape tape = RealTape.read(RealTape.segments(script, folder, Duration.ofSeconds(1)))) {
            Chunk chunk =
                    RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE).chunks().get(1);
            CountedTape asked = new CountedTape(tape, false);
            CountedTape whole = new CountedTape(tape, true);
            byte[] fed = feed(chunk, asked);
            assertThat(fed).isEqualTo(feed(chunk, whole)).hasSizeGreaterThan(10_000);
            return (double) asked.records / whole.records;
        }
    }

    private static byte[] feed(Chunk chunk, RecordedTape tape) throws IOException {
        ByteArrayOutputStream fed = new ByteArrayOutputStream();
        Pane pane = chunk.panes().getFirst();
        int seen = new PaneFeed(pane, SECOND_CHUNK.startNanos(), fed, new TapeReader(tape)).write(pane, SECOND_CHUNK);
        assertThat(seen).isGreaterThan(700);
        return fed.toByteArray();
    }

    /** Counts what is read of a tape. */
    private static final class CountedTape implements RecordedTape {
        private final RecordedTape tape;
        private final boolean whole;
        private long records;

        /** @param whole whether it gives all when it is asked for a part */
        CountedTape(RecordedTape tape, boolean whole) {
            this.tape = tape;
            this.whole = whole;
        }

        @Override
        public Event.RecordingStarted started() {
            return tape.started();
        }

        @Override
        public List<Stamped> journal() {
            return tape.journal();
        }

        @Override
        public List<RecordedTake> takes() {
            return tape.takes().stream()
                    .map(take -> (RecordedTake) new CountedTake(take))
                    .toList();
        }

        @Override
        public List<Damage> damage() {
            return tape.damage();
        }

        @Override
        public void close() {
            // whose it is closes it
        }

        private final class CountedTake implements RecordedTake {
            private final RecordedTake take;

            CountedTake(RecordedTake take) {
                this.take = take;
            }

            @Override
            public int number() {
                return take.number();
            }

            @Override
            public TakeDescription description() {
                return take.description();
            }

            @Override
            public List<Described> descriptions() {
                return take.descriptions();
            }

            @Override
            public Iterable<TapeRecord> records() {
                return counted(take.records());
            }

            @Override
            public Iterable<TapeRecord> records(int stream) {
                return counted(take.records(stream));
            }

            @Override
            public Iterable<TapeRecord> records(int stream, long fromNanos) {
                return counted(whole ? take.records(stream) : take.records(stream, fromNanos));
            }

            @Override
            public Iterable<TapeRecord> arrivals() {
                return counted(take.arrivals());
            }

            @Override
            public List<Damage> damage() {
                return take.damage();
            }
        }

        private Iterable<TapeRecord> counted(Iterable<TapeRecord> all) {
            return () -> {
                Iterator<TapeRecord> each = all.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public TapeRecord next() {
                        records++;
                        return each.next();
                    }
                };
            };
        }
    }
}
