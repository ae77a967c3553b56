package org.everytake.bench.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Credentials;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;

/** One run: fills a throw-away server, and asks it, one call at a time, over HTTP. */
final class LibraryRun {
    private static final double LIMIT_MILLIS = 50;
    private static final int WARM_UP = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> ADMINS = new LinkedHashMap<>();
    private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

    static {
        ADMINS.put("newest", "recordings?");
        ADMINS.put("oldest", "recordings?sort=oldest");
        ADMINS.put("by title", "recordings?sort=title");
        ADMINS.put("longest", "recordings?sort=longest");
        ADMINS.put("a word of 20,000", "recordings?q=weekly");
        ADMINS.put("a letter of all", "recordings?q=a");
        ADMINS.put("two words", "recordings?q=budget%20person12");
        ADMINS.put("a word of 100", "recordings?q=word77");
        ADMINS.put("a word of 10", "recordings?q=needle");
        ADMINS.put("a word of 10, by title", "recordings?q=needle&sort=title");
        ADMINS.put("a word of 20,000, longest", "recordings?q=weekly&sort=longest");
        ADMINS.put("a word of none", "recordings?q=absent");
        ADMINS.put("those that failed", "recordings?state=failed");
        ADMINS.put("one session's", "recordings?session=01800000-0000-7000-8000-000000000005");
        ADMINS.put("My Sessions, of 10,000", "sessions?");
        ADMINS.put("My Sessions, a word", "sessions?q=77");
        MEMBERS.put("newest", "recordings?");
        MEMBERS.put("by title", "recordings?sort=title");
        MEMBERS.put("a word of 20,000", "recordings?q=weekly");
        MEMBERS.put("a word of none", "recordings?q=absent");
        MEMBERS.put("My Sessions", "sessions?");
    }

    private final int recordings;
    private final int times;
    private final Consumer<String> say;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Figure> figures = new ArrayList<>();

    LibraryRun(int recordings, int times, Consumer<String> say) {
        this.recordings = recordings;
        this.times = times;
        this.say = say;
    }

    List<Figure> run() throws IOException, InterruptedException, SQLException, TimeoutException {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-library")) {
            Server.Place place = Server.Place.in(folder.path()).withEnvironment(Map.of("EVERYTAKE_LIMIT_API", "0"));
            try (Server server = Server.start(place);
                    Api api = Api.of(server)) {
                say.accept("Filling a library of " + recordings + " recordings ...");
                Shelves.fill(place.data(), recordings, Credentials.EMAIL);
                URI base = server.address().resolve("/api/v1/");
                String admin = api.credentials().key();
                for (Map.Entry<String, String> asked : ADMINS.entrySet()) {
                    measure("who sees all: " + asked.getKey(), base, asked.getValue(), admin, false);
                }
                measure("who sees all: page after page", base, "recordings?", admin, true);
                measure("who sees all: page after page, by title", base, "recordings?sort=title", admin, true);
                for (Map.Entry<String, String> asked : MEMBERS.entrySet()) {
                    measure("who sees ten: " + asked.getKey(), base, asked.getValue(), Shelves.MEMBER_KEY, false);
                }
            }
        }
        return figures;
    }

    private void measure(String what, URI base, String path, String key, boolean onwards)
            throws IOException, InterruptedException {
        double[] millis = new double[times];
        String after = "";
        for (int i = -WARM_UP; i < times; i++) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path + after))
                    .header("Authorization", "Bearer " + key)
                    .build();
            long from = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            long nanos = System.nanoTime() - from;
            if (answer.statusCode() != 200) {
                throw new IOException(path + " was answered with " + answer.statusCode());
            }
            JsonNode next = JSON.readTree(answer.body()).path("next");
            after = onwards && next.isTextual() ? "&after=" + next.asText() : "";
            if (i >= 0) {
                millis[i] = nanos / 1e6;
            }
        }
        Arrays.sort(millis);
        say.accept(String.format(
                Locale.ROOT,
                "%-50s p50 %6.1f  p95 %6.1f  p99 %6.1f ms",
                what,
                at(millis, 0.5),
                at(millis, 0.95),
                at(millis, 0.99)));
        double p95 = at(millis, 0.95);
        figures.add(Figure.of(what + ", p95, ms", p95, "< 50", p95 < LIMIT_MILLIS));
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)];
    }
}
