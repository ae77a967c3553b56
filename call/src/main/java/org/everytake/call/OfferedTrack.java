package org.everytake.call;

/** What a media section of a subscription offer carries. */
public record OfferedTrack(String mid, String person, Kind kind) {}
