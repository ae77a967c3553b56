package org.everytake.bench.call;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics} said at a moment.
 *
 * @param values by name and labels, as in {@code everytake_call_troubles_total{reason="stun-malformed"}}
 */
public record Scrape(Map<String, Double> values) {
    /** What shows that we may read it. */
    public static final String TOKEN = "the bench reads the figures";

    public Scrape {
        values = Map.copyOf(values);
    }

    public static Scrape of(HttpClient client, URI server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics"))
                .header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("/metrics was answered with " + answer.statusCode());
        }
        return parse(answer.body());
    }

    static Scrape parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith("#") && space > 0) {
                values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            }
        }
        return new Scrape(values);
    }

    /** 0 for what is not exported. */
    double value(String name) {
        return values.getOrDefault(name, 0.0);
    }

    /** By how much it has grown. */
    double since(Scrape before, String name) {
        return value(name) - before.value(name);
    }

    /**
     * A quantile of what a histogram counted since then, by a straight line within the bucket in which it lies.
     *
     * @return null if there is no such histogram, or it counted nothing
     */
    @Nullable
    Double quantile(Scrape before, String name, double quantile) {
        Pattern bucket = Pattern.compile(Pattern.quote(name) + "_bucket\\{le=\"([^\"]*)\"}");
        TreeMap<Double, Double> counts = new TreeMap<>();
        values.forEach((key, count) -> {
            Matcher found = bucket.matcher(key);
            if (found.matches()) {
                String limit = found.group(1);
                counts.put(
                        limit.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(limit),
                        count - before.value(key));
            }
        });
        double all = counts.isEmpty() ? 0 : counts.lastEntry().getValue();
        if (all <= 0) {
            return null;
        }
        double wanted = all * quantile;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> next : counts.entrySet()) {
            if (next.getValue() >= wanted) {
                return next.getKey().isInfinite()
                        ? Double.POSITIVE_INFINITY
                        : lower + (next.getKey() - lower) * (wanted - below) / (next.getValue() - below);
            }
            lower = next.getKey();
            below = next.getValue();
        }
        return Double.POSITIVE_INFINITY;
    }
}
