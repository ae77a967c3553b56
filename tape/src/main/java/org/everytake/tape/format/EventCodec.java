package org.everytake.tape.format;

import java.time.DateTimeException;
import java.time.Instant;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the journal's events: a type, a length, and the type's fields.
 *
 * <pre>
 * +-------------------------------+
 * |             type              |  0
 * +-------------------------------+-------------------------------+
 * |                     length of the fields                      |  2
 * +---------------------------------------------------------------+
 * |                            fields                             |  6
 * </pre>
 *
 * Fields are only ever added at a type's end, and what follows the known ones is left alone. A type, or a kind of source,
 * that this program does not know comes back as {@link Event.UnknownEvent}.
 */
public final class EventCodec {
    public static final int HEADER_BYTES = 6;

    public static final int RECORDING_STARTED = 1;
    public static final int PERSON_JOINED = 2;
    public static final int PERSON_LEFT = 3;
    public static final int SOURCE_MUTED = 4;
    public static final int TAKE_OPENED = 5;
    public static final int TAKE_CLOSED = 6;
    public static final int SENDER_REPORTED = 7;
    public static final int PACKETS_DROPPED = 8;
    public static final int INTERRUPTED = 9;
    public static final int RECORDING_STOPPED = 10;

    private EventCodec() {}

    /** @throws IllegalArgumentException if a text or a list in it is too long */
    public static byte[] encode(Event event) {
        FieldWriter fields = new FieldWriter();
        int type = fields(fields, event);
        byte[] bytes = fields.bytes();
        return new FieldWriter().u16(type).u32(bytes.length).raw(bytes).bytes();
    }

    private static int fields(FieldWriter out, Event event) {
        return switch (event) {
            case Event.RecordingStarted e -> {
                out.string(e.recording()).string(e.session()).string(e.title());
                out.i64(e.zero().getEpochSecond()).u32(e.zero().getNano());
                SnapshotCodec.write(out, e.snapshot());
                yield RECORDING_STARTED;
            }
            case Event.PersonJoined e -> {
                out.string(e.person()).string(e.name());
                yield PERSON_JOINED;
            }
            case Event.PersonLeft e -> {
                out.string(e.person());
                yield PERSON_LEFT;
            }
            case Event.SourceMuted e -> {
                out.string(e.person()).u8(Kinds.code(e.kind())).u8(e.muted() ? 1 : 0);
                yield SOURCE_MUTED;
            }
            case Event.TakeOpened e -> {
                out.u32(e.take());
                DescriptionCodec.source(out, e.source());
                yield TAKE_OPENED;
            }
            case Event.TakeClosed e -> {
                out.u32(e.take()).string(e.reason());
                yield TAKE_CLOSED;
            }
            case Event.SenderReported e -> {
                writeReport(out, e);
                yield SENDER_REPORTED;
            }
            case Event.PacketsDropped e -> {
                out.u32(e.take()).u16(e.stream()).i64(e.count());
                yield PACKETS_DROPPED;
            }
            case Event.Interrupted e -> {
                out.string(e.reason());
                yield INTERRUPTED;
            }
            case Event.RecordingStopped e -> {
                out.string(e.reason());
                yield RECORDING_STOPPED;
            }
            case Event.UnknownEvent e -> {
                out.raw(e.bytes());
                yield e.type();
            }
        };
    }

    public static Event decode(byte[] bytes, int offset, int length) throws Damaged {
        FieldReader in = new FieldReader(bytes, offset, length);
        int type = in.u16();
        FieldReader fields = in.part(in.u32());
        int fieldsLength = fields.remaining();
        try {
            Event event = known(type, fields);
            if (event != null) {
                return event;
            }
        } catch (DateTimeException e) {
            throw new Damaged("an event's time makes no sense", e);
        }
        byte[] raw = new FieldReader(bytes, offset + HEADER_BYTES, fieldsLength).rest();
        return new Event.UnknownEvent(type, raw);
    }

    private static @Nullable Event known(int type, FieldReader in) throws Damaged {
        return switch (type) {
            case RECORDING_STARTED ->
                new Event.RecordingStarted(
                        in.string(),
                        in.string(),
                        in.string(),
                        Instant.ofEpochSecond(in.i64(), in.u32()),
                        SnapshotCodec.read(in));
            case PERSON_JOINED -> new Event.PersonJoined(in.string(), in.string());
            case PERSON_LEFT -> new Event.PersonLeft(in.string());
            case SOURCE_MUTED -> readMuted(in);
            case TAKE_OPENED -> readOpened(in);
            case TAKE_CLOSED -> new Event.TakeClosed((int) in.u32(), in.string());
            case SENDER_REPORTED -> readReport(in);
            case PACKETS_DROPPED -> new Event.PacketsDropped((int) in.u32(), in.u16(), in.i64());
            case INTERRUPTED -> new Event.Interrupted(in.string());
            case RECORDING_STOPPED -> new Event.RecordingStopped(in.string());
            default -> null;
        };
    }

    private static @Nullable Event readMuted(FieldReader in) throws Damaged {
        String person = in.string();
        Kind kind = Kinds.of(in.u8());
        if (kind == null) {
            return null;
        }
        return new Event.SourceMuted(person, kind, in.u8() != 0);
    }

    private static @Nullable Event readOpened(FieldReader in) throws Damaged {
        int take = (int) in.u32();
        String person = in.string();
        Kind kind = Kinds.of(in.u8());
        if (kind == null) {
            return null;
        }
        return new Event.TakeOpened(take, new Source(person, kind, in.string()));
    }

    static void writeReport(FieldWriter out, Event.SenderReported report) {
        out.u32(report.take()).u16(report.stream()).i64(report.ntp64()).u32(report.rtpTimestamp());
        out.u32(report.packets()).u32(report.octets());
    }

    static Event.SenderReported readReport(FieldReader in) throws Damaged {
        return new Event.SenderReported((int) in.u32(), in.u16(), in.i64(), in.u32(), in.u32(), in.u32());
    }
}
