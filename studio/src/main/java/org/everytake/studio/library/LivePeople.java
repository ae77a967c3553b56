package org.everytake.studio.library;

/** Who is there now: what the API needs of those who hold the rooms. Any thread may call it. */
public interface LivePeople {
    /** How many people are in the session's room. */
    int count(String session);
}
