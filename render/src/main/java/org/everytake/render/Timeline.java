package org.everytake.render;

import java.util.List;
import org.everytake.render.timeline.TimelineBuilder;
import org.everytake.tape.read.RecordedTape;

/**
 * Who is to be seen and heard when, in session time: from the recording's zero to {@code endNanos}. A pure function of
 * takes and journal.
 *
 * @param people in the order in which they came
 */
public record Timeline(String title, long endNanos, List<Participant> people) {
    public Timeline {
        people = List.copyOf(people);
    }

    /**
     * Reads the tape once, which takes a small part of the time that rendering takes.
     *
     * @throws RenderFault if the tape cannot be read
     */
    public static Timeline of(RecordedTape tape) throws RenderFault {
        return TimelineBuilder.build(tape);
    }

    /** The same stretch of time with one person only; nobody when there is no such person. */
    public Timeline only(String person) {
        return new Timeline(
                title,
                endNanos,
                people.stream().filter(p -> p.person().equals(person)).toList());
    }
}
