package org.everytake.e2e.browser;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** One person's way through the real pages in Firefox, as {@link RoomPage} is in Chromium. */
public final class FirefoxRoom implements AutoCloseable {
    private final String name;
    private final Firefox firefox;

    private FirefoxRoom(String name, Firefox firefox) {
        this.name = name;
        this.firefox = firefox;
    }

    /** Nobody yet, with these devices. */
    public static FirefoxRoom open(Devices devices) throws IOException, InterruptedException {
        return new FirefoxRoom(
                devices.card().name(),
                Firefox.open(List.of(
                        devices.initScript(), RoomScripts.KEEP_CONNECTIONS, RoomScripts.SEND_ONLY_WANTED_CODEC)));
    }

    /**
     * A guest opens the link of a session, gives the card's name, and goes in.
     *
     * @param codec of the picture that is sent, as in {@link RoomPage#sendOnly}; the empty text leaves it to the page
     */
    public FirefoxRoom join(URI link, String codec) throws IOException, InterruptedException {
        firefox.navigate(link);
        firefox.call(RoomScripts.WANT_CODEC, codec);
        firefox.fill("join-name", name);
        firefox.press("join-button");
        return this;
    }

    /** The codecs of pictures that this browser sends and plays, as in {@code video/VP8}. */
    public Set<String> codecs() throws IOException, InterruptedException {
        return Set.of(firefox.call(RoomScripts.CODECS).asText().split(","));
    }

    public void waitForOthers(int others) throws IOException, InterruptedException {
        firefox.waitFor(RoomScripts.OTHERS_MOVE, others);
    }

    /** The hue of somebody's picture as this browser decodes it. */
    public double hue(String person) throws IOException, InterruptedException {
        return firefox.call(
                        "(name) => (%s)(document.querySelector(`[data-testid=pane][data-name=${name}] video`))"
                                .formatted(RoomScripts.HUE),
                        person)
                .asDouble();
    }

    /** Whether this browser plays a beep of the pitch from the other person, listening for a dozen periods. */
    public boolean hears(double pitchHz) throws IOException, InterruptedException {
        return firefox.call(
                        "(pitch) => (%s)(document.querySelector('[data-testid=voice]'), [pitch, 12])"
                                .formatted(RoomScripts.HEARS),
                        pitchHz)
                .asBoolean();
    }

    public int framesDecoded() throws IOException, InterruptedException {
        return firefox.call(RoomScripts.FRAMES_DECODED).asInt();
    }

    /** In which codecs pictures are sent and played now. */
    public Set<String> codecsInUse() throws IOException, InterruptedException {
        return Set.of(firefox.call(RoomScripts.CODECS_IN_USE).asText().split(","));
    }

    /** Returns once more frames of the others have been decoded than that. */
    public void waitForFrames(int more) throws IOException, InterruptedException {
        firefox.waitFor("async (more) => (await (%s)()) > more".formatted(RoomScripts.FRAMES_DECODED), more);
    }

    /** Name and version. */
    public String version() {
        return firefox.version();
    }

    @Override
    public void close() throws IOException {
        firefox.close();
    }
}
