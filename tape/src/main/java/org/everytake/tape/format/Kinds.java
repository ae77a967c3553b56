package org.everytake.tape.format;

import org.everytake.tape.Kind;
import org.jspecify.annotations.Nullable;

/** The numbers of the kinds on tape; they never change. */
final class Kinds {
    private Kinds() {}

    static int code(Kind kind) {
        return switch (kind) {
            case MICROPHONE -> 1;
            case CAMERA -> 2;
            case SCREEN -> 3;
            case MEDIA -> 4;
        };
    }

    static @Nullable Kind of(int code) {
        return switch (code) {
            case 1 -> Kind.MICROPHONE;
            case 2 -> Kind.CAMERA;
            case 3 -> Kind.SCREEN;
            case 4 -> Kind.MEDIA;
            default -> null;
        };
    }

    /** For where there is no way round an unknown kind. */
    static Kind require(int code) throws Damaged {
        Kind kind = of(code);
        if (kind == null) {
            throw new Damaged("a source of the unknown kind " + code);
        }
        return kind;
    }
}
