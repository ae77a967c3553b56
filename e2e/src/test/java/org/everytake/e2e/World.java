package org.everytake.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server and one browser, started once and shared by all tests. Everything runs on JUnit's one thread. */
final class World implements AutoCloseable {

    private final Path folder;
    private final Server server;
    private final Api api;
    private final Chromium chromium;
    private @Nullable RecordedCall recordedCall;
    private @Nullable Exception recordedCallFailed;

    private World() throws IOException, InterruptedException, TimeoutException {
        folder = Files.createTempDirectory("everytake-e2e");
        server = Server.start(Server.Place.in(folder));
        api = Api.of(server);
        chromium = Chromium.open();
        PlaywrightAssertions.setDefaultAssertionTimeout(Chromium.PATIENCE_MILLIS);
    }

    /** A session that a test made for itself. */
    record Session(String id, URI link) {}

    Session session(String title) throws IOException, InterruptedException {
        return session(api, title);
    }

    /** One with a mode, as the API spells it. */
    Session session(String title, String mode) throws IOException, InterruptedException {
        return made(
                api.post("sessions", null, Map.of("title", title, "mode", mode)).orFail());
    }

    /** One in which cameras send so many lines at most. */
    Session session(String title, int cameraHeight) throws IOException, InterruptedException {
        return made(api.post("sessions", null, Map.of("title", title, "cameraHeight", cameraHeight))
                .orFail());
    }

    static Session session(Api api, String title) throws IOException, InterruptedException {
        return made(api.createSession(title));
    }

    private static Session made(JsonNode made) {
        return new Session(
                made.path("id").asText(), URI.create(made.path("link").asText()));
    }

    /** Whoever made the session joins, and may record. */
    RoomPage joinAsHost(Session session, Devices devices) {
        return RoomPage.openAsHost(chromium, api, devices, session.link()).join();
    }

    RoomPage join(Session session, Devices devices) {
        return RoomPage.open(chromium, devices, session.link()).join();
    }

    /** Their media goes by way of another network. */
    RoomPage joinOver(Detour network, Session session, Devices devices) {
        Page page = chromium.page(devices);
        page.addInitScript(network.script());
        return RoomPage.open(page, devices, session.link()).join();
    }

    Api api() {
        return api;
    }

    Server server() {
        return server;
    }

    Chromium chromium() {
        return chromium;
    }

    Path folder() {
        return folder;
    }

    /** A call of two that was recorded for several tests to look at; made when first asked for. */
    RecordedCall recordedCall() throws Exception {
        if (recordedCallFailed != null) {
            throw new IllegalStateException("The recorded call failed before", recordedCallFailed);
        }
        if (recordedCall == null) {
            try {
                recordedCall = RecordedCall.make(this);
            } catch (Exception failed) {
                recordedCallFailed = failed;
                throw failed;
            }
        }
        return recordedCall;
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        api.close();
        server.close();
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** Hands the one world to whichever test asks for it. */
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == World.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(World.class, key -> open());
        }

        private static World open() {
            try {
                return new World();
            } catch (IOException | TimeoutException failed) {
                throw new IllegalStateException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
