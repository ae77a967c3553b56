package org.everytake.render;

import org.everytake.tape.Kind;

/** Media on tape that cannot be decoded: what kind of source sent it, and its encoding name. */
public record Undecoded(Kind kind, String encodingName) {}
