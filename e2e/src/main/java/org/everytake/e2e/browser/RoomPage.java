package org.everytake.e2e.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.everytake.bench.server.Api;

/**
 * One person's way through the real pages: the link, the room, the Record button. Belongs to the thread of its
 * {@link Chromium}.
 */
public final class RoomPage implements AutoCloseable {

    private final Page page;
    private final String name;
    private final List<String> complaints = new ArrayList<>();

    private RoomPage(Page page, String name) {
        this.page = page;
        this.name = name;
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    /** A guest opens the link of a session with these devices, and is then in front of the door. */
    public static RoomPage open(Chromium chromium, Devices devices, URI link) {
        return open(chromium.page(devices), devices, link);
    }

    /** The admin does, who made the session and may record it. */
    public static RoomPage openAsHost(Chromium chromium, Api admin, Devices devices, URI link) {
        return open(chromium.page(devices, admin), devices, link);
    }

    /** As {@link #open(Chromium, Devices, URI)}, with a page that was made ready for more than the devices. */
    public static RoomPage open(Page page, Devices devices, URI link) {
        RoomPage room = new RoomPage(page, devices.card().name());
        page.navigate(link.toString());
        return room;
    }

    /** Gives the card's name and goes in. */
    public RoomPage join() {
        by("join-name").fill(name);
        by("join-button").click();
        by("stage").waitFor();
        return this;
    }

    /** What it sends pictures in, such as {@code video/VP9}; before it joins. The empty text leaves it to the page. */
    public RoomPage sendOnly(String codec) {
        page.evaluate(RoomScripts.WANT_CODEC, codec);
        return this;
    }

    /** The codecs of pictures that this browser sends and plays. */
    public Set<String> codecs() {
        return Set.of(((String) page.evaluate(RoomScripts.CODECS)).split(","));
    }

    /** In which codecs pictures are sent and played now. */
    public Set<String> codecsInUse() {
        return Set.of(((String) page.evaluate(RoomScripts.CODECS_IN_USE)).split(","));
    }

    /** Returns once more frames of the others have been decoded than that. */
    public void waitForFrames(int more) {
        page.waitForCondition(() -> framesDecoded() > more);
    }

    public String name() {
        return name;
    }

    public Page page() {
        return page;
    }

    /** What the browser complained about: errors of the page and of its console. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Returns once the person sees the others' pictures and, where they send some, hears their sound. */
    public void waitForOthers(int others) {
        page.waitForFunction(RoomScripts.OTHERS_MOVE, others);
    }

    /** Presses Record, confirms the name, and returns once the button says that it records. */
    public void record() {
        pressRecord();
        by("stop-button").or(by("recording-failed")).first().waitFor();
        if (by("recording-failed").isVisible()) {
            throw new IllegalStateException(
                    "The room cannot be recorded: " + by("recording-failed").innerText());
        }
    }

    /** Presses Record and confirms, without waiting for what comes of it. */
    public void pressRecord() {
        by("record-button").click();
        by("record-confirm").click();
    }

    /**
     * Presses Stop and confirms.
     *
     * @return the time of this participant's own clock at the press, in seconds
     */
    public double stop() {
        by("stop-button").click();
        Locator confirm = by("stop-confirm");
        confirm.waitFor();
        // Read by the page at the press itself: a driver takes some tenths of a second from deciding to pressing.
        confirm.evaluate(
                "button => button.addEventListener('click', () => { window.pressed = window.testCard.clock(); },"
                        + " { capture: true, once: true })");
        confirm.click();
        return ((Number) page.evaluate("() => window.pressed")).doubleValue();
    }

    /** How many frames this person's browser has decoded of the others' pictures; its page keeps its connections. */
    public int framesDecoded() {
        return ((Number) page.evaluate(RoomScripts.FRAMES_DECODED)).intValue();
    }

    /** Returns once nothing is recorded any more. */
    public void waitUntilStopped() {
        page.waitForSelector("[data-testid=record-button][data-state=idle]");
    }

    public boolean recording() {
        return by("stop-button").isVisible();
    }

    /** The time of the clock that this person's pictures show, in seconds. */
    public double clockSeconds() {
        return ((Number) page.evaluate("() => window.testCard.clock()")).doubleValue();
    }

    /** Whether this page has asked the browser for a camera. */
    public boolean askedForCamera() {
        return (Boolean) page.evaluate("() => Boolean(window.cameraAskedFor)");
    }

    public Locator by(String testId) {
        return page.getByTestId(testId);
    }

    public Locator pane(String person) {
        return page.locator("[data-testid=pane][data-name='" + person + "']");
    }

    /** The id under which somebody of this name is in the room. */
    public String personOf(String person) {
        return pane(person).getAttribute("data-person");
    }

    /** Returns once the picture of somebody of this name moves. */
    public void waitUntilMoving(String person) {
        page.waitForFunction("""
                name => {
                  const video = document.querySelector(`[data-testid=pane][data-self=false][data-name='${name}'] video`);
                  if (!video) return false;
                  // A picture that stands still is the one from before.
                  video.since ??= video.currentTime;
                  return video.videoWidth > 0 && video.currentTime > video.since + 0.3;
                }
                """, person);
    }

    /** Returns once the room is not away and whatever connections it has are up: those from before are closed by then. */
    public void waitUntilConnected() {
        by("reconnecting").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        page.waitForFunction("""
                () => {
                  const states = window.connections.map((connection) => connection.connectionState);
                  const open = states.filter((state) => state !== 'closed');
                  return open.length > 0 && open.every((state) => state === 'connected');
                }""");
    }

    /** Returns once somebody of this name is no longer in the room. */
    public void waitUntilGone(String person) {
        pane(person).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Lets a time pass while the browser goes on, a second at a time, as long as the tick says yes. */
    public void pass(int seconds, Predicate<Integer> tick) {
        for (int second = 1; second <= seconds; second++) {
            page.waitForTimeout(1000);
            if (!tick.test(second)) {
                return;
            }
        }
    }

    /** Returns once something that matches the selector is seen. */
    public void waitFor(String selector) {
        page.waitForSelector(selector);
    }

    /** The hue, in degrees, of the margin of somebody's picture as this person's browser decodes it. */
    public double hue(String person) {
        Object hue = pane(person).locator("video").evaluate(RoomScripts.HUE);
        return ((Number) hue).doubleValue();
    }

    /** Whether this person's browser plays a beep of the pitch from somebody, listening for a dozen periods. */
    public boolean hears(String person, double pitchHz) {
        return hears(person, pitchHz, 12);
    }

    /** Whether it plays none for two periods. */
    public boolean hearsNo(String person, double pitchHz) {
        return !hears(person, pitchHz, 2);
    }

    private boolean hears(String person, double pitchHz, int seconds) {
        String id = pane(person).getAttribute("data-person");
        return (Boolean) page.locator("[data-testid=voice][data-person='" + id + "']")
                .evaluate(RoomScripts.HEARS, List.of(pitchHz, seconds));
    }

    @Override
    public void close() {
        page.context().close();
    }
}
