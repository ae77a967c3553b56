package org.everytake.studio.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client would have received, for tests of everything behind the socket. */
final class FakeFrames implements Frames {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> received = new ArrayList<>();
    private int pings;
    private int closeCode;

    @Override
    public synchronized void send(String text) {
        try {
            received.add(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void ping() {
        pings++;
    }

    @Override
    public synchronized void close(int code, String reason) {
        closeCode = code;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized int closeCode() {
        return closeCode;
    }

    synchronized List<JsonNode> received(String type) {
        return received.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .toList();
    }

    synchronized Optional<JsonNode> last(String type) {
        return received(type).reversed().stream().findFirst();
    }
}
