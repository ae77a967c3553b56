package org.everytake.studio.signal;

import java.util.List;
import java.util.Map;
import org.everytake.call.Kind;
import org.everytake.call.Viewed;
import org.jspecify.annotations.Nullable;

/** What a client says, as {@code docs/protocol.md} has it; checked for form, not yet for sense. */
sealed interface ClientMessage {
    /** The message's {@code type}. */
    String type();

    /** Without a name it is that of the account. */
    record Join(@Nullable String name, @Nullable String pass) implements ClientMessage {
        @Override
        public String type() {
            return "join";
        }
    }

    /** An offer; {@code kinds} says for each {@code mid} what is sent on it. */
    record Publish(String sdp, Map<String, Kind> kinds) implements ClientMessage {
        public Publish {
            kinds = Map.copyOf(kinds);
        }

        @Override
        public String type() {
            return "publish";
        }
    }

    record Subscribed(long serial, String sdp) implements ClientMessage {
        @Override
        public String type() {
            return "subscribed";
        }
    }

    record Mute(Kind kind, boolean muted) implements ClientMessage {
        @Override
        public String type() {
            return "mute";
        }
    }

    /** Which pictures the client shows, and how large. */
    record View(List<Viewed> tracks) implements ClientMessage {
        public View {
            tracks = List.copyOf(tracks);
        }

        @Override
        public String type() {
            return "view";
        }
    }

    record Leave() implements ClientMessage {
        @Override
        public String type() {
            return "leave";
        }
    }
}
