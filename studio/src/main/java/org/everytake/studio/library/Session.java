package org.everytake.studio.library;

import java.time.Instant;

/**
 * A meeting that was set up, to which people come by its link.
 *
 * @param id random, 128 bits: whoever knows it may come in
 * @param recordings how many recordings of it there are
 */
public record Session(String id, String title, Instant createdAt, int recordings) {}
