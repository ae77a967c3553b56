package org.everytake.tape.read;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.DescriptionCodec;
import org.everytake.tape.format.EndMark;
import org.everytake.tape.format.EventCodec;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentSeal;
import org.everytake.tape.format.SegmentWalk;
import org.jspecify.annotations.Nullable;

/** Reads one segment to its last byte, and keeps nothing but what is wrong with it. One thread. */
final class SegmentInspector {
    private final String name;
    private final List<Damage> damage = new ArrayList<>();
    /** What no whole batch has followed yet: of an open segment perhaps just a commit under way. */
    private final List<Damage> doubtful = new ArrayList<>();

    private long wholeBytes = SegmentHeader.BYTES;
    private int batches;
    private int marked = -1;

    private SegmentInspector(String name) {
        this.name = name;
    }

    static SegmentCheck inspect(SegmentSource source, String recording, TapeKey key) throws IOException {
        String name = source.name();
        SegmentName parsed = SegmentName.parse(name);
        SegmentName.State state = parsed == null ? SegmentName.State.SEALED : parsed.state();
        try (SeekableByteChannel channel = source.open()) {
            try {
                SegmentHeader header = SegmentReader.header(channel);
                String stranger = stranger(header, recording, key, parsed);
                if (stranger != null) {
                    return without(name, SegmentCheck.State.FOREIGN, stranger);
                }
                try (SegmentReader reader = SegmentReader.open(channel, key)) {
                    SegmentInspector inspector = new SegmentInspector(name);
                    inspector.read(reader);
                    return inspector.check(header.ordinal(), state, reader.size());
                }
            } catch (Damaged e) {
                boolean young =
                        state == SegmentName.State.OPEN && channel.isOpen() && SegmentReader.neverBegan(channel);
                return young
                        ? new SegmentCheck(name, SegmentCheck.State.OPEN, 0, 0, List.of())
                        : without(name, SegmentCheck.State.DAMAGED, String.valueOf(e.getMessage()));
            } catch (TapeFault e) {
                return without(name, SegmentCheck.State.FOREIGN, String.valueOf(e.getMessage()));
            }
        }
    }

    private static SegmentCheck without(String name, SegmentCheck.State state, String why) {
        return new SegmentCheck(name, state, 0, 0, List.of(new Damage(name, 0, why)));
    }

    /** Why this is not the segment that it should be, or null. */
    private static @Nullable String stranger(
            SegmentHeader header, String recording, TapeKey key, @Nullable SegmentName name) {
        if (!header.recording().equals(recording)) {
            return "the segment is of recording " + header.recording();
        }
        if (!SegmentSeal.fits(key, header)) {
            return "the segment was sealed with another key, so it comes from another installation";
        }
        return name == null || name.ordinal() == header.ordinal()
                ? null
                : "the segment is number " + header.ordinal() + " under another name";
    }

    private void read(SegmentReader reader) throws IOException {
        SegmentWalk walk = reader.walk();
        int gaps = 0;
        for (SegmentWalk.Found batch = walk.next(); batch != null; batch = walk.next()) {
            batches++;
            gaps = take(walk.gaps(), gaps);
            try {
                records(reader.open(batch.offset()));
            } catch (Damaged e) {
                doubtful.add(new Damage(name, batch.offset(), String.valueOf(e.getMessage())));
                continue;
            }
            wholeBytes = Math.max(wholeBytes, batch.end());
            damage.addAll(doubtful);
            doubtful.clear();
        }
        int unused = take(walk.gaps(), gaps);
    }

    private int take(List<SegmentWalk.Gap> gaps, int from) {
        gaps.subList(from, gaps.size()).forEach(gap -> doubtful.add(new Damage(name, gap.offset(), gap.what())));
        return gaps.size();
    }

    private void records(SegmentReader.Opened batch) throws Damaged {
        byte[] records = batch.records();
        if (batch.header().end()) {
            marked = EndMark.decode(records).batches();
            return;
        }
        boolean journal = batch.header().take() == 0;
        for (int at = 0, next; at < records.length; at = next) {
            next = RecordHeader.next(records, at, records.length);
            int type = RecordHeader.type(records, at);
            int from = at + RecordHeader.BYTES;
            int length = RecordHeader.length(records, at);
            if (journal && (type == RecordHeader.EVENT || type == RecordHeader.DESCRIPTION)) {
                var unused = EventCodec.decode(records, from, length);
            } else if (type == RecordHeader.DESCRIPTION) {
                var unused = DescriptionCodec.decode(records, from, length);
            }
        }
    }

    private SegmentCheck check(int ordinal, SegmentName.State state, long sizeBytes) {
        if (state != SegmentName.State.OPEN) {
            damage.addAll(doubtful);
        }
        if (state == SegmentName.State.SEALED && marked < 0) {
            damage.add(new Damage(name, sizeBytes, "the segment ends without its end mark"));
        } else if (marked >= 0 && marked != batches && damage.isEmpty()) {
            damage.add(new Damage(name, sizeBytes, batches + " batches are there where " + marked + " were written"));
        }
        SegmentCheck.State found = !damage.isEmpty()
                ? SegmentCheck.State.DAMAGED
                : state == SegmentName.State.OPEN ? SegmentCheck.State.OPEN : SegmentCheck.State.WHOLE;
        return new SegmentCheck(name, found, ordinal, wholeBytes, damage);
    }
}
