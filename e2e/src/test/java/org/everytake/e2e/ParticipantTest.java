package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The participants themselves, without a server: what they show and play must be in time with itself. */
class ParticipantTest {

    private static final String RECORD = """
            async () => {
              const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
              const parts = [], recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' });
              recorder.ondataavailable = (event) => parts.push(event.data);
              const stopped = new Promise((resolve) => (recorder.onstop = resolve));
              recorder.start();
              setTimeout(() => recorder.stop(), 8000);
              await stopped;
              const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
              let text = '';
              for (let i = 0; i < bytes.length; i += 32768) {
                text += String.fromCharCode(...bytes.subarray(i, i + 32768));
              }
              return btoa(text);
            }""";

    @TempDir
    Path folder;

    @Test
    void pictureAndSoundOfAParticipantComeFromOneClock() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>page</title>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        TestCard card = TestCard.browser(0);
        Path file = folder.resolve("source.webm");
        try (Chromium chromium = Chromium.open()) {
            Page page = chromium.page(Devices.both(card));
            page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            Files.write(file, Base64.getDecoder().decode((String) page.evaluate(RECORD)));
        } finally {
            server.stop(0);
        }

        Synchrony seen = Synchrony.measure(file, List.of(card)).getFirst();

        assertThat(seen.clockShare()).isGreaterThan(0.8);
        assertThat(seen.soundLate().count()).isGreaterThanOrEqualTo(6);
        // MediaRecorder aligns the first of each with a constant of its own; what must not be is wander.
        assertThat(seen.soundLate().medianMillis()).isCloseTo(0, within(100.0));
        assertThat(seen.soundLate().spreadMillis()).isLessThan(100);
    }
}
