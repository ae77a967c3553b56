package org.everytake.tape.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.junit.jupiter.api.Test;

final class SegmentIndexTest {
    private final SegmentIndex index = new SegmentIndex();

    @Test
    void runsOfEachStreamAreToldInTheOrderOfTheSegment() throws Damaged {
        index.add(3, 128, List.of(Slice.of(packets(0, 5, 1, 100, 0, 6, 0, 3, 1, 101, 0, 7))));
        index.add(4, 4_000_000_000L, List.of(Slice.of(packets(0, -2, 0, -1))));

        // 24 bytes of header and one of packet each
        assertThat(runs(3)).containsExactly("0: 2 from 5 at 128/0", "1: 2 from 100 at 128/25", "0: 2 from 3 at 128/75");
        assertThat(runs(4)).containsExactly("0: 2 from -2 at 4000000000/0");
        assertThat(runs(5)).isEmpty();
    }

    @Test
    void placesAreCountedOverSlicesAndWhatIsNoPacket() throws Damaged {
        byte[] description = RecordHeader.record(RecordHeader.DESCRIPTION, 0, 0, 0, new byte[10]);
        byte[] first = packets(0, 1);
        byte[] second = packets(0, 2, 0, 1);
        index.add(1, 128, List.of(Slice.of(description), new Slice(first, 0, first.length), Slice.of(second)));

        assertThat(runs(1)).containsExactly("0: 2 from 1 at 128/34", "0: 1 from 1 at 128/84");
    }

    @Test
    void oneThatWouldBeTooLongIsLeftOut() throws Damaged {
        int[] falling = new int[2 * (SegmentIndex.MOST_RUNS + 1)];
        for (int i = 0; i < falling.length; i += 2) {
            falling[i + 1] = -i;
        }
        index.add(1, 128, List.of(Slice.of(packets(falling))));

        assertThat(index.record()).isEmpty();
        assertThat(SegmentIndex.visit(new EndMark(2).record(), 1, (s, b, r, c, q) -> {}))
                .isFalse();
    }

    @Test
    void aSegmentOfAnEarlierProgramHasNone() throws Damaged {
        assertThat(SegmentIndex.visit(new EndMark(7).record(), 1, (s, b, r, c, q) -> {}))
                .isFalse();
    }

    private List<String> runs(int take) throws Damaged {
        ByteArrayOutputStream last = new ByteArrayOutputStream();
        last.writeBytes(new EndMark(9).record());
        last.writeBytes(index.record());
        List<String> runs = new ArrayList<>();
        assertThat(SegmentIndex.visit(
                        last.toByteArray(),
                        take,
                        (stream, batch, record, count, first) ->
                                runs.add(stream + ": " + count + " from " + first + " at " + batch + "/" + record)))
                .isTrue();
        assertThat(EndMark.decode(last.toByteArray()).batches()).isEqualTo(9);
        return runs;
    }

    /** Packets of one byte: stream, sequence, stream, sequence ... */
    private static byte[] packets(int... streamsAndSequences) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < streamsAndSequences.length; i += 2) {
            bytes.writeBytes(RecordHeader.record(
                    RecordHeader.PACKET, streamsAndSequences[i], streamsAndSequences[i + 1], i, new byte[] {7}));
        }
        return bytes.toByteArray();
    }
}
