package org.everytake.render.sound;

/** What is known of sound that an encoder has made. */
public interface CodedSound {
    /** How many samples can be heard of it. */
    long coveredSamples();
}
