package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eclipse.jetty.http.HttpFields;
import org.everytake.studio.config.Settings;
import org.everytake.studio.http.limit.RateLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields that were damaged at random, from a seed: whatever comes, it is read or left, and nothing breaks. */
class HeaderFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final String ODD = "\"\\;,=:[]%-*/ \t.0129afAF\u0000\u00ff\u202e";

    private static String damaged(String seed, Random random) {
        var text = new StringBuilder(seed);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            char odd = ODD.charAt(random.nextInt(ODD.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, odd);
                case 1 -> text.insert(at, text.substring(0, at));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                default -> text.setLength(Math.min(text.length(), 200));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-499", "bytes=-5", "bytes=99999999999999999999-", "bytes=1-2,4-5"})
    void aRangeLiesWithinTheContentOrIsNone(String seed) {
        var random = new Random(seed.hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            long size = random.nextInt(1_000);
            String header = damaged(seed, random);
            if (ByteRange.of(header, size) instanceof ByteRange.Part part) {
                assertThat(part.first()).as(header).isBetween(0L, part.last());
                assertThat(part.last()).as(header).isLessThan(size);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=192.0.2.43;proto=https, for=\"[2001:db8::17]:4711\"",
                "192.0.2.43, [2001:db8::17]:4711, 10.0.0.1:80",
                "for=unknown;by=_hidden;host=\"a;b\""
            })
    void whatProxiesSayIsReadOrLeft(String seed) {
        var random = new Random(seed.hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            String header = damaged(seed, random);
            var fields = HttpFields.build().add("Forwarded", header).add("X-Forwarded-For", header);
            fields.add("X-Forwarded-Proto", header);
            assertThat(Forwarded.scheme(fields, Forwarded.standard(fields))).isNotNull();
            assertThat(Forwarded.usual(fields)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "\"3\", \"4\"", "*", "W/\"3\""})
    void onlyARevisionsOwnTagAllowsIt(String seed) {
        var random = new Random(seed.hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            String header = damaged(seed, random);
            if (Revision.allows(header, 3)) {
                assertThat(header.contains("\"3\"") || header.contains("*"))
                        .as(header)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "[2001:db8::1%eth0]", "::ffff:192.0.2.1"})
    void whateverAnAddressLooksLikeItIsCounted(String seed) {
        var limits = new RateLimits(new Settings.Limits(1, 1, 1), () -> 0);
        var random = new Random(seed.hashCode());
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(limits.arrived(damaged(seed, random), "GET", "/api/v1/me"))
                    .isPresent();
        }
    }
}
