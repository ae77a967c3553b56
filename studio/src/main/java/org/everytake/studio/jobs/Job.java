package org.everytake.studio.jobs;

/** A piece of work under way, as whoever does it sees it. */
public interface Job {
    /** What the work is about, such as the id of a rendition. */
    String subject();

    /** 1 the first time, 2 after one failure. */
    int attempt();

    /** Whether to leave off soon: somebody cancelled it, or the server stops (then it is done again later). */
    boolean cancelled();
}
