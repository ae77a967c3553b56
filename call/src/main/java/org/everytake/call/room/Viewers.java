package org.everytake.call.room;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.everytake.call.Kind;
import org.everytake.call.Refused;
import org.everytake.call.media.LiveTrack;
import org.everytake.call.media.Watching;
import org.everytake.call.sdp.WatchOffer;
import org.everytake.call.transport.Transports;
import org.jspecify.annotations.Nullable;

/**
 * Those who watch a room without being in it: each sees and hears the person they named, or else whoever speaks. While
 * nobody speaks it stays with who spoke last, and begins with who came first. Owned by the loop.
 */
final class Viewers implements Watching.Owner {
    private static final int MOST = 100;

    private static final class Viewer {
        final Watching watching;

        /** Whom they named. */
        @Nullable
        String named;

        @Nullable
        String shown;

        Viewer(Watching watching) {
            this.watching = watching;
        }
    }

    private final Transports transports;
    private final Map<String, Viewer> viewers = new LinkedHashMap<>();

    Viewers(Transports transports) {
        this.transports = transports;
    }

    Set<String> ids() {
        return Set.copyOf(viewers.keySet());
    }

    /** Takes an offer: of somebody new, of the same connection with ICE restarted, or of one in its place. */
    String watch(String id, WatchOffer offer, Optional<String> person) throws Refused {
        Viewer viewer = viewers.get(id);
        if (viewer != null && !viewer.watching.isSameConnection(offer)) {
            unwatch(id);
            viewer = null;
        }
        if (viewer == null) {
            if (viewers.size() >= MOST) {
                throw new Refused("room-full", "No more than " + MOST + " can watch at a time.");
            }
            viewer = new Viewer(new Watching(this, transports));
            viewers.put(id, viewer);
        }
        viewer.named = person.orElse(null);
        return viewer.watching.offer(offer);
    }

    void unwatch(String id) {
        Viewer viewer = viewers.remove(id);
        if (viewer != null) {
            viewer.watching.close();
        }
    }

    void close() {
        List.copyOf(viewers.keySet()).forEach(this::unwatch);
    }

    /** The most that any of them sees of a track. */
    int viewedLines(LiveTrack track) {
        int most = 0;
        for (Viewer viewer : viewers.values()) {
            most = Math.max(most, viewer.watching.viewedLines(track));
        }
        return most;
    }

    void tick(long nowNanos) {
        for (Viewer viewer : List.copyOf(viewers.values())) {
            viewer.watching.tick(nowNanos);
        }
    }

    /**
     * Looks at who is to be shown: after tracks came or went, or somebody else speaks.
     *
     * @param speaker null if nobody speaks
     */
    void look(Collection<LiveTrack> tracks, @Nullable String speaker) {
        for (Viewer viewer : viewers.values()) {
            String person = viewer.named;
            if (person == null) {
                person = speaker != null ? speaker : sends(tracks, viewer.shown) ? viewer.shown : first(tracks);
                viewer.shown = person;
            }
            LiveTrack screen = find(tracks, person, Kind.SCREEN);
            viewer.watching.show(
                    find(tracks, person, Kind.MICROPHONE), screen == null ? find(tracks, person, Kind.CAMERA) : screen);
        }
    }

    private static boolean sends(Collection<LiveTrack> tracks, @Nullable String person) {
        return tracks.stream().anyMatch(track -> track.track().person().equals(person));
    }

    private static @Nullable String first(Collection<LiveTrack> tracks) {
        return tracks.stream().map(track -> track.track().person()).findFirst().orElse(null);
    }

    private static @Nullable LiveTrack find(Collection<LiveTrack> tracks, @Nullable String person, Kind kind) {
        for (LiveTrack track : tracks) {
            if (track.track().kind() == kind && track.track().person().equals(person)) {
                return track;
            }
        }
        return null;
    }

    @Override
    public void watchingLost(Watching watching, String reason) {
        viewers.values().removeIf(viewer -> viewer.watching == watching);
    }
}
