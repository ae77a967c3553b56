package org.everytake.render.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.raw.JsonWriter;

/**
 * The shape of a film's sound, to be drawn: of the mix, and of each voice before it came into the mix, the least and the
 * greatest sample of each 20 ms.
 */
public final class Waveform {
    /** Of BBC audiowaveform's data format, which tools that draw such shapes read. */
    private static final int VERSION = 2;

    private static final int BITS = 8;

    /** One channel: somebody's. */
    record Voiced(String person, String name, Peaks peaks) {}

    private final Peaks mix;
    private final List<Voiced> voices;
    private final long samples;

    Waveform(Peaks mix, List<Voiced> voices, long samples) {
        this.mix = mix;
        this.voices = List.copyOf(voices);
        this.samples = samples;
    }

    /** How many stretches of 20 ms there are; the last may be shorter. */
    int pixels() {
        return Math.toIntExact(Math.ceilDiv(samples, Peaks.PIXEL_SAMPLES));
    }

    /** As JSON (docs/formats.md, "Waveform"), a line a pixel. */
    public void write(OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.object().name("version").value(VERSION).name("channels").value(1 + voices.size());
        json.name("sample_rate").value(SoundDecoder.RATE);
        json.name("samples_per_pixel").value(Peaks.PIXEL_SAMPLES);
        json.name("bits").value(BITS).name("length").value(pixels());
        json.name("voices").array();
        for (Voiced voice : voices) {
            json.row().name("person").value(voice.person);
            json.name("name").value(voice.name).end();
        }
        json.end().name("data").array();
        List<Peaks> channels = new ArrayList<>(List.of(mix));
        voices.forEach(voice -> channels.add(voice.peaks));
        for (int pixel = 0; pixel < pixels(); pixel++) {
            json.literal(pixel(channels, pixel));
        }
        json.end().end().flush();
    }

    private static String pixel(List<Peaks> channels, int pixel) {
        StringBuilder line = new StringBuilder();
        for (Peaks peaks : channels) {
            line.append(line.isEmpty() ? "" : ",").append(peaks.least(pixel));
            line.append(',').append(peaks.greatest(pixel));
        }
        return line.toString();
    }
}
