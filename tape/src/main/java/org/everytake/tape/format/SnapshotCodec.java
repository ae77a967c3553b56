package org.everytake.tape.format;

import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;

/**
 * Bytes of a snapshot: the highest take number, then sections, each with a type and a length, so that a newer program's
 * section (layout, boards) can be stepped over.
 *
 * <pre>
 * last take u32 | sections u16, each: type u16 | length u32 | fields
 * 1 people:  count u16, each: person text | name text
 * 2 mutes:   count u16, each: person text | kind u8
 * 3 reports: count u16, each: the fields of SENDER_REPORTED
 * </pre>
 */
final class SnapshotCodec {
    static final int PEOPLE = 1;
    static final int MUTES = 2;
    static final int REPORTS = 3;

    private SnapshotCodec() {}

    static void write(FieldWriter out, Snapshot snapshot) {
        FieldWriter people = new FieldWriter().count(snapshot.people().size());
        snapshot.people().forEach(p -> people.string(p.person()).string(p.name()));
        FieldWriter mutes = new FieldWriter().count(snapshot.mutes().size());
        snapshot.mutes().forEach(m -> mutes.string(m.person()).u8(Kinds.code(m.kind())));
        FieldWriter reports = new FieldWriter().count(snapshot.reports().size());
        snapshot.reports().forEach(r -> EventCodec.writeReport(reports, r));
        out.u32(snapshot.lastTake()).count(3);
        section(out, PEOPLE, people);
        section(out, MUTES, mutes);
        section(out, REPORTS, reports);
    }

    private static void section(FieldWriter out, int type, FieldWriter fields) {
        byte[] bytes = fields.bytes();
        out.u16(type).u32(bytes.length).raw(bytes);
    }

    static Snapshot read(FieldReader in) throws Damaged {
        int lastTake = (int) in.u32();
        List<Person> people = new ArrayList<>();
        List<Mute> mutes = new ArrayList<>();
        List<Event.SenderReported> reports = new ArrayList<>();
        for (int sections = in.u16(); sections > 0; sections--) {
            int type = in.u16();
            FieldReader section = in.part(in.u32());
            int count = type <= REPORTS ? section.u16() : 0;
            for (; count > 0; count--) {
                switch (type) {
                    case PEOPLE -> people.add(new Person(section.string(), section.string()));
                    case MUTES -> readMute(section, mutes);
                    case REPORTS -> reports.add(EventCodec.readReport(section));
                    default -> throw new Damaged("a section of the impossible type " + type);
                }
            }
        }
        return new Snapshot(people, mutes, reports, lastTake);
    }

    private static void readMute(FieldReader in, List<Mute> mutes) throws Damaged {
        String person = in.string();
        Kind kind = Kinds.of(in.u8());
        if (kind != null) { // a newer program's kind: nothing here could show it
            mutes.add(new Mute(person, kind));
        }
    }
}
