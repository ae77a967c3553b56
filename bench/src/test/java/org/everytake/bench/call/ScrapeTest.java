package org.everytake.bench.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScrapeTest {
    private static Scrape delays(int upToTenth, int upToOne, int upToTen, int all) {
        return Scrape.parse("""
                # HELP delay_seconds How long
                # TYPE delay_seconds histogram
                delay_seconds_bucket{le="1.0E-4"} %d
                delay_seconds_bucket{le="0.001"} %d
                delay_seconds_bucket{le="0.01"} %d
                delay_seconds_bucket{le="+Inf"} %d
                delay_seconds_count %d
                troubles_total{reason="stun-malformed"} 7.0
                """.formatted(upToTenth, upToOne, upToTen, all, all));
    }

    @Test
    void valuesAreFoundByNameAndLabels() {
        Scrape scrape = delays(1, 2, 3, 4);
        assertThat(scrape.value("troubles_total{reason=\"stun-malformed\"}")).isEqualTo(7);
        assertThat(scrape.value("of which nobody speaks")).isZero();
        assertThat(scrape.since(delays(0, 0, 0, 1), "delay_seconds_count")).isEqualTo(3);
    }

    @Test
    void aQuantileIsOfWhatCameSinceAndLiesOnALineWithinItsBucket() {
        Scrape before = delays(1000, 1000, 1000, 1000);
        Scrape after = delays(1900, 2000, 2000, 2000);
        // 900 of 1,000 took up to 0.1 ms, 100 from there to 1 ms: the 990th is nine tenths of the way.
        assertThat(after.quantile(before, "delay_seconds", 0.99)).isCloseTo(0.00091, within(1e-9));
        assertThat(after.quantile(before, "delay_seconds", 0.45)).isCloseTo(0.00005, within(1e-9));
        assertThat(delays(0, 0, 0, 10).quantile(delays(0, 0, 0, 0), "delay_seconds", 0.5))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void thereIsNoQuantileOfNothing() {
        Scrape scrape = delays(1, 2, 3, 4);
        assertThat(scrape.quantile(scrape, "delay_seconds", 0.99)).isNull();
        assertThat(scrape.quantile(scrape, "not_exported_seconds", 0.99)).isNull();
    }
}
