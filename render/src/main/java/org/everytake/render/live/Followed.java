package org.everytake.render.live;

import java.util.List;
import org.everytake.render.Outline;

/**
 * A film that was made while a recording went on, to its end.
 *
 * @param pieces how many there are, those included that were there before
 * @param remarks what is missing or was repaired, a sentence each
 * @param outline of all of it
 */
public record Followed(int pieces, long durationNanos, List<String> remarks, Outline outline) {
    public Followed {
        remarks = List.copyOf(remarks);
    }
}
