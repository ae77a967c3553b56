package org.everytake.studio.record;

import java.util.List;
import org.everytake.call.PersonState;
import org.everytake.call.Track;
import org.everytake.tape.Codec;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;

/** Says in the tape's words what the call says in its own: the two don't know each other. */
final class TapeWords {
    private TapeWords() {}

    static Kind kind(org.everytake.call.Kind kind) {
        return switch (kind) {
            case MICROPHONE -> Kind.MICROPHONE;
            case CAMERA -> Kind.CAMERA;
            case SCREEN -> Kind.SCREEN;
            case MEDIA -> Kind.MEDIA;
        };
    }

    static TakeDescription description(int take, Track track) {
        return new TakeDescription(
                take,
                new Source(track.person(), kind(track.kind()), ""),
                track.codecs().stream().map(TapeWords::codec).toList(),
                track.headerExtensions(),
                track.streams().stream()
                        .map(stream -> new StreamDescription(stream.index(), stream.ssrc(), stream.mid(), stream.rid()))
                        .toList());
    }

    private static Codec codec(org.everytake.call.Codec codec) {
        return new Codec(codec.payloadType(), codec.name(), codec.clockRate(), codec.channels(), codec.fmtp());
    }

    static Snapshot snapshot(List<PersonState> people) {
        return Snapshot.of(
                people.stream().map(p -> new Person(p.person(), p.name())).toList(),
                people.stream()
                        .flatMap(p -> p.muted().stream().sorted().map(kind -> new Mute(p.person(), kind(kind))))
                        .toList());
    }
}
