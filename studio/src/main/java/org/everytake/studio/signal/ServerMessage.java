package org.everytake.studio.signal;

import java.util.List;
import java.util.Set;
import org.everytake.call.Demand;
import org.everytake.call.Kind;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.record.RecordingStatus;
import org.jspecify.annotations.Nullable;

/** What the server says, as {@code docs/protocol.md} has it. */
public sealed interface ServerMessage {

    record Joined(
            String person,
            String pass,
            RoomRole role,
            String session,
            String title,
            SessionMode mode,
            int cameraHeight,
            List<Person> people,
            @Nullable RecordingStatus recording,
            List<IceServer> iceServers)
            implements ServerMessage {
        public Joined {
            people = List.copyOf(people);
            iceServers = List.copyOf(iceServers);
        }
    }

    record Published(String sdp) implements ServerMessage {}

    record Subscribe(long serial, String sdp, List<SubscribedTrack> tracks) implements ServerMessage {
        public Subscribe {
            tracks = List.copyOf(tracks);
        }
    }

    record Demanded(List<Demand> tracks) implements ServerMessage {
        public Demanded {
            tracks = List.copyOf(tracks);
        }
    }

    record Speaker(@Nullable String person) implements ServerMessage {}

    record PersonChanged(Person person) implements ServerMessage {}

    record Left(String person) implements ServerMessage {}

    record RecordingChanged(@Nullable RecordingStatus recording) implements ServerMessage {}

    record Refused(String id, String detail, @Nullable String of) implements ServerMessage {}

    /** A person in the room, with what they have muted and what they send. */
    record Person(String person, String name, Set<Kind> muted, Set<Kind> sends) {
        public Person {
            muted = Set.copyOf(muted);
            sends = Set.copyOf(sends);
        }
    }

    record SubscribedTrack(String mid, String person, Kind kind) {}

    /** A STUN or TURN server as {@code RTCIceServer} has it. */
    record IceServer(
            List<String> urls,
            @Nullable String username,
            @Nullable String credential) {
        public IceServer {
            urls = List.copyOf(urls);
        }

        @Override
        public String toString() {
            return "IceServer" + urls;
        }
    }
}
