package org.everytake.studio.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A waveform (docs/formats.md) with fewer pixels, each as low and as high as those of which it is made. */
final class CoarserWaveform {
    private static final JsonFactory JSON = new JsonFactory();

    private CoarserWaveform() {}

    /** @param most how many pixels it may have, at least 1 */
    static byte[] of(InputStream waveform, int most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonParser in = JSON.createParser(waveform);
                JsonGenerator json = JSON.createGenerator(out)) {
            int channels = 0;
            int samples = 0;
            int length = 0;
            in.nextToken();
            json.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    // these come before the data, as they are written
                    case "samples_per_pixel" -> samples = in.getIntValue();
                    case "length" -> {
                        length = in.getIntValue();
                        int together = Math.max(1, Math.ceilDiv(length, most));
                        json.writeNumberField("samples_per_pixel", samples * together);
                        json.writeNumberField(name, Math.ceilDiv(length, together));
                    }
                    case "data" -> {
                        json.writeArrayFieldStart(name);
                        data(in, json, channels, Math.max(1, Math.ceilDiv(length, most)));
                        json.writeEndArray();
                    }
                    default -> {
                        channels = name.equals("channels") ? in.getIntValue() : channels;
                        json.writeFieldName(name);
                        json.copyCurrentStructure(in);
                    }
                }
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void data(JsonParser in, JsonGenerator json, int channels, int together) throws IOException {
        int[] pixel = new int[2 * channels];
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            for (int i = 0; i < pixel.length; i++) {
                int value = in.getIntValue();
                boolean low = i % 2 == 0;
                pixel[i] = count == 0 ? value : low ? Math.min(pixel[i], value) : Math.max(pixel[i], value);
                if (i < pixel.length - 1) {
                    in.nextToken();
                }
            }
            if (++count == together) {
                write(json, pixel);
                count = 0;
            }
        }
        if (count > 0) {
            write(json, pixel);
        }
    }

    private static void write(JsonGenerator json, int[] pixel) throws IOException {
        for (int value : pixel) {
            json.writeNumber(value);
        }
    }
}
