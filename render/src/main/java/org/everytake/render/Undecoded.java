package org.everytake.render;

import org.everytake.tape.Kind;

/** Media on tape that is not seen or heard: what kind of source sent it, and what it is, as a sentence has it. */
public record Undecoded(Kind kind, String what) {}
