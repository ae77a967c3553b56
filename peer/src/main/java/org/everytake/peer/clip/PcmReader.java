package org.everytake.peer.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a file of bare G.711 samples, a byte each, into frames of 20 ms. */
final class PcmReader {
    private static final int FRAME = 160;

    private PcmReader() {}

    static List<Clip.Unit> read(byte[] file) {
        List<Clip.Unit> units = new ArrayList<>();
        for (int at = 0; at + FRAME <= file.length; at += FRAME) {
            units.add(new Clip.Unit(at, Arrays.copyOfRange(file, at, at + FRAME), true));
        }
        return units;
    }
}
