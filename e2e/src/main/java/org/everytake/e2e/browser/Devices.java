package org.everytake.e2e.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.bench.measure.TestCard;

/**
 * What a page finds when it asks for camera and microphone.
 *
 * @param denied the person refused permission
 * @param cameraHeight lines of the camera's picture
 * @param portrait somebody drawn instead of the test card, for pictures in the documentation
 */
public record Devices(
        TestCard card, boolean microphone, boolean camera, boolean denied, boolean portrait, int cameraHeight) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "participant.js";

    public static Devices both(TestCard card) {
        return new Devices(card, true, true, false, false, TestCard.HEIGHT);
    }

    public static Devices withoutCamera(TestCard card) {
        return new Devices(card, true, false, false, false, TestCard.HEIGHT);
    }

    public static Devices none(TestCard card) {
        return new Devices(card, false, false, false, false, TestCard.HEIGHT);
    }

    public static Devices refused(TestCard card) {
        return new Devices(card, true, true, true, false, TestCard.HEIGHT);
    }

    public static Devices portrait(TestCard card) {
        return new Devices(card, true, true, false, true, TestCard.HEIGHT);
    }

    /** The same with a camera of this many lines. */
    public Devices withCameraHeight(int lines) {
        return new Devices(card, microphone, camera, denied, portrait, lines);
    }

    /** The script to run in each page before the page's own. */
    String initScript() {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "name", card.name(),
                "rgb", card.rgb(),
                "pitchHz", card.pitchHz(),
                "humHz", card.humHz(),
                "periodSeconds", card.periodSeconds(),
                "microphone", microphone,
                "camera", camera,
                "denied", denied));
        facts.putAll(Map.of(
                "width", cameraHeight * TestCard.WIDTH / TestCard.HEIGHT,
                "height", cameraHeight,
                "framesPerSecond", 30,
                "timeBits", TestCard.CLOCK_BITS,
                "flashSeconds", TestCard.FLASH_SECONDS,
                "beepSeconds", TestCard.BEEP_SECONDS,
                "rampSeconds", TestCard.RAMP_SECONDS,
                "beepAmplitude", TestCard.BEEP_AMPLITUDE,
                "humAmplitude", TestCard.HUM_AMPLITUDE));
        int face = (int) (card.pitchHz() / 500);
        facts.putAll(Map.of(
                "portrait",
                portrait,
                "portraitHue",
                (face * 97 + 100) % 360,
                "portraitHair",
                14 + face * 5 % 18,
                "portraitSkin",
                78 - face * 17 % 40,
                "portraitLong",
                face % 2 == 0));
        facts.putAll(Map.of(
                "clockColumns", TestCard.CLOCK_COLUMNS,
                "clockLeft", TestCard.CLOCK_LEFT,
                "clockTop", TestCard.CLOCK_TOP,
                "clockRight", TestCard.CLOCK_RIGHT,
                "clockBottom", TestCard.CLOCK_BOTTOM,
                "flashLeft", TestCard.FLASH_LEFT,
                "flashTop", TestCard.FLASH_TOP,
                "flashRight", TestCard.FLASH_RIGHT,
                "flashBottom", TestCard.FLASH_BOTTOM));
        try (InputStream script = Devices.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(SCRIPT + " is missing from the program");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return "(" + text.substring(text.indexOf("(card)")).strip() + ")(" + JSON.writeValueAsString(facts) + ");";
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
