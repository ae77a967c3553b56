package org.everytake.render;

import java.time.Instant;
import java.util.List;
import org.everytake.render.layout.Shown;
import org.everytake.render.timeline.TimelineBuilder;
import org.everytake.tape.read.RecordedTape;

/**
 * Who is to be seen and heard when, in session time: from the recording's zero to {@code endNanos}. A pure function of
 * takes and journal.
 *
 * @param zero the wall time of the recording's zero
 * @param people in the order in which they came
 * @param floors who has the floor from when on, in order and without holes from the first who spoke; none where that was not
 *     asked for
 * @param away when the server itself was away, in order; the recording goes on after each
 */
public record Timeline(
        String title, Instant zero, long endNanos, List<Participant> people, List<Floor> floors, List<Span> away) {
    public Timeline {
        away = List.copyOf(away);
        people = List.copyOf(people);
        floors = List.copyOf(floors);
    }

    /**
     * Reads the tape once, which takes a small part of the time that rendering takes. Who speaks is not found out.
     *
     * @throws RenderFault if the tape cannot be read
     */
    public static Timeline of(RecordedTape tape) throws RenderFault {
        return TimelineBuilder.build(tape, source -> true, false);
    }

    /**
     * As {@link #of(RecordedTape)}; and if it matters to this preset, who speaks. Packets of sound say how loud they are (RFC
     * 6464), as those of browsers do; those that don't are decoded and heard, which takes some seconds for an hour of one
     * person.
     *
     * @throws RenderFault if the tape cannot be read
     */
    public static Timeline of(RecordedTape tape, Preset preset) throws RenderFault {
        boolean matters = !preset.isSoundOnly() && preset.canvas().layout().shows(Shown.SPEAKER);
        return TimelineBuilder.build(tape, source -> true, matters);
    }

    /**
     * As {@link #of(RecordedTape)}, with one person only; nobody when there is no such person. Nothing else is read, unless
     * nothing but the media say how long the recording is.
     *
     * @throws RenderFault if the tape cannot be read
     */
    public static Timeline of(RecordedTape tape, String person) throws RenderFault {
        return TimelineBuilder.build(tape, source -> source.person().equals(person), false)
                .only(person);
    }

    /** The same stretch of time with one person only; nobody when there is no such person. */
    public Timeline only(String person) {
        return new Timeline(
                title,
                zero,
                endNanos,
                people.stream().filter(p -> p.person().equals(person)).toList(),
                floors,
                away);
    }
}
