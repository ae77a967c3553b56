package org.everytake.tape.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.everytake.tape.format.SegmentSeal.Slice;

/**
 * Where the packets of a segment are, so that whoever wants them in order need not open every batch to learn it. As
 * <em>runs</em>: each a row of packets of one stream, in one batch, whose sequence rises. It is a record behind the end mark,
 * and may be missing: of segments that were cut, that an earlier program wrote, or whose packets came in such disorder that
 * it would be longer than {@link #MOST_RUNS}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                              take                             |  0
 * +-------------------------------+-------------------------------+
 * |            stream             |             zero              |  4
 * +-------------------------------+-------------------------------+
 * |          the batch: where its header is in the segment        |  8
 * +---------------------------------------------------------------+
 * |     the first record: where its header is in the batch        |  12
 * +---------------------------------------------------------------+
 * |                        count of packets                       |  16
 * +---------------------------------------------------------------+
 * |          sequence of the first: 64 bits, signed               |  20
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Runs lie in the order of the segment. One thread.
 */
public final class SegmentIndex {
    static final int RUN_BYTES = 28;
    /** About 1 MB; a segment of 8 MB of four people has a thousand. */
    static final int MOST_RUNS = 1 << 15;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Hears of runs in the order of the segment. */
    @FunctionalInterface
    public interface Visitor {
        void run(int stream, long batchOffset, int recordOffset, int count, long firstSequence);
    }

    private byte[] runs = new byte[64 * RUN_BYTES];
    private int bytes;
    private boolean tooMany;
    // the run that goes on, of each stream of the batch: where it is in runs, and its last sequence
    private int[] open = new int[4];
    private long[] last = new long[4];
    private int opened;

    /**
     * Adds a batch.
     *
     * @param take greater than 0
     * @param batchOffset where its header will be in the segment
     * @param records of the batch, whole ones in each slice
     */
    public void add(int take, long batchOffset, List<Slice> records) {
        opened = 0;
        int before = 0;
        for (Slice slice : records) {
            int end = slice.offset() + slice.length();
            try {
                for (int at = slice.offset(), next; at < end && !tooMany; at = next) {
                    next = RecordHeader.next(slice.bytes(), at, end);
                    if (RecordHeader.type(slice.bytes(), at) == RecordHeader.PACKET) {
                        packet(
                                take,
                                batchOffset,
                                before + at - slice.offset(),
                                RecordHeader.stream(slice.bytes(), at),
                                RecordHeader.sequence(slice.bytes(), at));
                    }
                }
            } catch (Damaged e) {
                throw new IllegalStateException("the memory of a take was overwritten", e);
            }
            before += slice.length();
        }
    }

    private void packet(int take, long batchOffset, int recordOffset, int stream, long sequence) {
        int which = 0;
        while (which < opened && stream(runs, open[which]) != stream) {
            which++;
        }
        if (which < opened && sequence > last[which]) {
            INT.set(runs, open[which] + 16, (int) INT.get(runs, open[which] + 16) + 1);
        } else if (bytes == MOST_RUNS * RUN_BYTES) {
            tooMany = true;
            return;
        } else {
            begin(which, take, batchOffset, recordOffset, stream, sequence);
        }
        last[which] = sequence;
    }

    private void begin(int which, int take, long batchOffset, int recordOffset, int stream, long sequence) {
        if (bytes == runs.length) {
            runs = Arrays.copyOf(runs, 2 * bytes);
        }
        if (which == open.length) {
            open = Arrays.copyOf(open, 2 * which);
            last = Arrays.copyOf(last, 2 * which);
        }
        INT.set(runs, bytes, take);
        SHORT.set(runs, bytes + 4, (short) stream);
        SHORT.set(runs, bytes + 6, (short) 0);
        INT.set(runs, bytes + 8, (int) batchOffset);
        INT.set(runs, bytes + 12, recordOffset);
        INT.set(runs, bytes + 16, 1);
        LONG.set(runs, bytes + 20, sequence);
        open[which] = bytes;
        opened = Math.max(opened, which + 1);
        bytes += RUN_BYTES;
    }

    /** The record, to be written behind the end mark; nothing if it would be too long. */
    public byte[] record() {
        return tooMany ? new byte[0] : RecordHeader.record(RecordHeader.INDEX, 0, 0, 0, Arrays.copyOf(runs, bytes));
    }

    /**
     * Tells of the runs of a take.
     *
     * @param plaintext of the segment's last batch
     * @return whether there is an index in it
     */
    public static boolean visit(byte[] plaintext, int take, Visitor visitor) throws Damaged {
        int at = find(plaintext);
        if (at < 0) {
            return false;
        }
        int from = at + RecordHeader.BYTES;
        int end = from + RecordHeader.length(plaintext, at);
        for (int run = from; run + RUN_BYTES <= end; run += RUN_BYTES) {
            if ((int) INT.get(plaintext, run) == take) {
                visitor.run(
                        stream(plaintext, run),
                        (int) INT.get(plaintext, run + 8) & 0xFFFF_FFFFL,
                        (int) INT.get(plaintext, run + 12),
                        (int) INT.get(plaintext, run + 16),
                        (long) LONG.get(plaintext, run + 20));
            }
        }
        return true;
    }

    private static int stream(byte[] runs, int at) {
        return (short) SHORT.get(runs, at + 4) & 0xFFFF;
    }

    private static int find(byte[] plaintext) throws Damaged {
        for (int at = 0, next; at < plaintext.length; at = next) {
            next = RecordHeader.next(plaintext, at, plaintext.length);
            if (RecordHeader.type(plaintext, at) == RecordHeader.INDEX) {
                return at;
            }
        }
        return -1;
    }
}
