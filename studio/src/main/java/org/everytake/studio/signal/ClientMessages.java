package org.everytake.studio.signal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.everytake.call.Kind;
import org.everytake.call.Viewed;
import org.everytake.studio.signal.BadMessage.Fault;
import org.jspecify.annotations.Nullable;

/** Reads the text frames of clients. Stateless; any thread. */
final class ClientMessages {
    /** The largest frame, in bytes; the socket itself is set to refuse longer ones. */
    static final int FRAME_BYTES = 64 * 1024;

    private static final int NAME_CHARACTERS = 80;
    private static final int PASS_CHARACTERS = 512;
    private static final int MID_CHARACTERS = 32;
    private static final int TRACKS = 16;
    private static final int PERSON_CHARACTERS = 64;
    private static final int VIEWED = 512;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNameLength(256)
                            .maxNumberLength(32)
                            .maxStringLength(FRAME_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ClientMessages() {}

    static ClientMessage parse(String text) throws BadMessage {
        JsonNode message = json(text);
        JsonNode type = message.path("type");
        if (!type.isTextual()) {
            throw new BadMessage(Fault.MALFORMED_MESSAGE, "A message is an object with a type.", null);
        }
        return switch (type.textValue()) {
            case "join" -> new ClientMessage.Join(name(message), pass(message));
            case "publish" -> new ClientMessage.Publish(sdp(message), kinds(message));
            case "subscribed" -> new ClientMessage.Subscribed(serial(message), sdp(message));
            case "mute" -> new ClientMessage.Mute(mutable(message), muted(message));
            case "view" -> new ClientMessage.View(viewed(message));
            case "leave" -> new ClientMessage.Leave();
            default -> throw new BadMessage(Fault.UNKNOWN_TYPE, "There is no message of this type.", shown(type));
        };
    }

    private static JsonNode json(String text) throws BadMessage {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new BadMessage(Fault.MALFORMED_MESSAGE, "A message is an object with a type.", null);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new BadMessage(Fault.MALFORMED_JSON, "This is not JSON: " + e.getOriginalMessage() + ".", null);
        }
    }

    /** The unknown type as it is given back: a program may have sent anything. */
    private static String shown(JsonNode type) {
        String word = type.textValue();
        return word.length() <= 40 ? word : word.substring(0, 40);
    }

    private static @Nullable String name(JsonNode message) throws BadMessage {
        JsonNode given = message.path("name");
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        String name = text(message, "join", "name").strip();
        int characters = name.codePointCount(0, name.length());
        if (characters < 1 || characters > NAME_CHARACTERS) {
            throw malformed("join", "A name has 1 to " + NAME_CHARACTERS + " characters.");
        }
        if (name.codePoints().anyMatch(ClientMessages::unprintable)) {
            throw malformed("join", "A name has no control characters.");
        }
        return name;
    }

    /** Controls, lone surrogates, and what turns the reading direction of the text around it. */
    private static boolean unprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }

    private static @Nullable String pass(JsonNode message) throws BadMessage {
        JsonNode pass = message.path("pass");
        if (pass.isMissingNode() || pass.isNull()) {
            return null;
        }
        if (!pass.isTextual() || pass.textValue().length() > PASS_CHARACTERS) {
            throw malformed("join", "The field pass is the text that an earlier joined gave.");
        }
        return pass.textValue();
    }

    private static Map<String, Kind> kinds(JsonNode message) throws BadMessage {
        JsonNode tracks = message.path("tracks");
        if (!tracks.isArray() || tracks.size() > TRACKS) {
            throw malformed("publish", "The field tracks is a list of at most " + TRACKS + " tracks.");
        }
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (JsonNode track : tracks) {
            if (!track.isObject()) {
                throw malformed("publish", "A track is an object with mid and kind.");
            }
            String mid = text(track, "publish", "mid");
            if (mid.isEmpty() || mid.length() > MID_CHARACTERS) {
                throw malformed("publish", "A mid has 1 to " + MID_CHARACTERS + " characters.");
            }
            if (kinds.put(mid, kind(track, "publish")) != null) {
                throw malformed("publish", "Two tracks have the same mid.");
            }
        }
        return kinds;
    }

    private static List<Viewed> viewed(JsonNode message) throws BadMessage {
        JsonNode tracks = message.path("tracks");
        if (!tracks.isArray() || tracks.size() > VIEWED) {
            throw malformed("view", "The field tracks is a list of at most " + VIEWED + " tracks.");
        }
        List<Viewed> viewed = new ArrayList<>();
        for (JsonNode track : tracks) {
            if (!track.isObject()) {
                throw malformed("view", "A track is an object with person, kind and height.");
            }
            String person = text(track, "view", "person");
            if (person.length() > PERSON_CHARACTERS) {
                throw malformed("view", "The field person is the id of somebody in the room.");
            }
            Kind kind = kind(track, "view");
            if (!kind.isVideo()) {
                throw malformed("view", "What is seen is a camera or a screen.");
            }
            viewed.add(new Viewed(person, kind, height(track)));
        }
        return viewed;
    }

    private static int height(JsonNode track) throws BadMessage {
        JsonNode height = track.path("height");
        if (!height.canConvertToInt() || !height.isIntegralNumber() || height.intValue() < 0) {
            throw malformed("view", "The field height is a whole number of pixels.");
        }
        return height.intValue();
    }

    private static Kind kind(JsonNode node, String of) throws BadMessage {
        return switch (text(node, of, "kind")) {
            case "microphone" -> Kind.MICROPHONE;
            case "camera" -> Kind.CAMERA;
            case "screen" -> Kind.SCREEN;
            default -> throw malformed(of, "The field kind is microphone, camera or screen.");
        };
    }

    /** A share that is not to be seen is ended. */
    private static Kind mutable(JsonNode message) throws BadMessage {
        Kind kind = kind(message, "mute");
        if (kind == Kind.SCREEN) {
            throw malformed("mute", "The field kind is microphone or camera.");
        }
        return kind;
    }

    private static boolean muted(JsonNode message) throws BadMessage {
        JsonNode muted = message.path("muted");
        if (!muted.isBoolean()) {
            throw malformed("mute", "The field muted is true or false.");
        }
        return muted.booleanValue();
    }

    private static long serial(JsonNode message) throws BadMessage {
        JsonNode serial = message.path("serial");
        if (!serial.isIntegralNumber() || !serial.canConvertToLong() || serial.longValue() < 0) {
            throw malformed("subscribed", "The field serial is the number that subscribe gave.");
        }
        return serial.longValue();
    }

    private static String sdp(JsonNode message) throws BadMessage {
        return text(message, message.path("type").asText(), "sdp");
    }

    private static String text(JsonNode node, String of, String field) throws BadMessage {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw malformed(of, "The field " + field + " must be there and be text.");
        }
        return value.textValue();
    }

    private static BadMessage malformed(String of, String detail) {
        return new BadMessage(Fault.MALFORMED_MESSAGE, detail, of);
    }
}
