package org.everytake.studio.signal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.everytake.call.Kind;
import org.everytake.studio.record.RecordingStatus;
import org.jspecify.annotations.Nullable;

/** Writes the text frames of the server. Stateless; any thread. */
final class ServerMessages {
    private static final JsonMapper JSON = new JsonMapper();

    private ServerMessages() {}

    static String print(ServerMessage message) {
        return JSON.createObjectNode().setAll(node(message)).toString();
    }

    private static ObjectNode node(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Joined joined -> joined(joined);
            case ServerMessage.Published published -> of("published").put("sdp", published.sdp());
            case ServerMessage.Subscribe subscribe -> subscribe(subscribe);
            case ServerMessage.Demanded demanded -> demanded(demanded);
            case ServerMessage.Speaker speaker -> of("speaker").put("person", speaker.person());
            case ServerMessage.PersonChanged changed -> of("person").setAll(person(changed.person()));
            case ServerMessage.Left left -> of("left").put("person", left.person());
            case ServerMessage.RecordingChanged changed -> recording(of("recording"), changed.recording());
            case ServerMessage.Refused refused -> refused(refused);
        };
    }

    private static ObjectNode of(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode joined(ServerMessage.Joined joined) {
        ObjectNode node = of("joined")
                .put("person", joined.person())
                .put("pass", joined.pass())
                .put("role", joined.role().word());
        node.putObject("session")
                .put("id", joined.session())
                .put("title", joined.title())
                .put("mode", joined.mode().word())
                .put("cameraHeight", joined.cameraHeight());
        ArrayNode people = node.putArray("people");
        joined.people().forEach(person -> people.add(person(person)));
        recording(node, joined.recording());
        ArrayNode servers = node.putArray("iceServers");
        joined.iceServers().forEach(server -> servers.add(iceServer(server)));
        return node;
    }

    private static ObjectNode subscribe(ServerMessage.Subscribe subscribe) {
        ObjectNode node = of("subscribe").put("serial", subscribe.serial()).put("sdp", subscribe.sdp());
        ArrayNode tracks = node.putArray("tracks");
        subscribe
                .tracks()
                .forEach(track -> tracks.addObject()
                        .put("mid", track.mid())
                        .put("person", track.person())
                        .put("kind", word(track.kind())));
        return node;
    }

    private static ObjectNode demanded(ServerMessage.Demanded demanded) {
        ObjectNode node = of("demand");
        ArrayNode tracks = node.putArray("tracks");
        demanded.tracks().forEach(track -> {
            ArrayNode rids = tracks.addObject().put("mid", track.mid()).putArray("rids");
            track.rids().stream().sorted().forEach(rids::add);
        });
        return node;
    }

    private static ObjectNode refused(ServerMessage.Refused refused) {
        ObjectNode node = of("error").put("id", refused.id()).put("detail", refused.detail());
        return refused.of() == null ? node : node.put("of", refused.of());
    }

    private static ObjectNode person(ServerMessage.Person person) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("person", person.person())
                .put("name", person.name());
        words(node.putArray("muted"), person.muted());
        words(node.putArray("sends"), person.sends());
        return node;
    }

    private static ObjectNode recording(ObjectNode node, @Nullable RecordingStatus recording) {
        if (recording == null) {
            return node.putNull("recording");
        }
        RecordingStatus.Trouble trouble = recording.trouble();
        node.putObject("recording")
                .put("id", recording.id())
                .put("title", recording.title())
                .put("state", recording.phase().word())
                .put("startedAt", recording.startedAt().toString())
                .put("startedBy", recording.startedBy())
                .put("trouble", trouble == null ? null : trouble.word())
                .put("detail", recording.detail());
        return node;
    }

    private static ObjectNode iceServer(ServerMessage.IceServer server) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        List<String> urls = server.urls();
        ArrayNode array = node.putArray("urls");
        urls.forEach(array::add);
        if (server.username() != null) {
            node.put("username", server.username());
        }
        if (server.credential() != null) {
            node.put("credential", server.credential());
        }
        return node;
    }

    /** In the order of the enumeration, so that the same state gives the same text. */
    private static void words(ArrayNode array, Set<Kind> kinds) {
        kinds.stream().sorted().forEach(kind -> array.add(word(kind)));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
