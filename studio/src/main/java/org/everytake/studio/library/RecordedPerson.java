package org.everytake.studio.library;

/** Somebody who was there while a recording ran. */
public record RecordedPerson(String person, String name) {}
