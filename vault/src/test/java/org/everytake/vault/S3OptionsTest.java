package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3OptionsTest {
    @Test
    void theSecretIsNotPrinted() {
        S3Options options = options("https://s3.example.org", "eu-central-1", "bucket", "acme", "  sesame\n");
        assertThat(options.toString()).contains("bucket", "acme", "AKIA").doesNotContain("sesame");
        assertThat(options.secretKey()).isEqualTo("sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://s3.example.org", "http://10.0.0.1:9000", "http://localhost.example.org", "ftp://h"})
    void STO_2_nothingButTlsLeavesTheMachine(String endpoint) {
        assertThatThrownBy(() -> options(endpoint, "r", "bucket", "", "s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(endpoint)
                .hasMessageContaining("only over TLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000", "https://s3.example.org"})
    void thisMachineAndTlsAreFine(String endpoint) {
        assertThat(options(endpoint, "r", "bucket", "", "s").endpoint()).hasToString(endpoint);
    }

    @Test
    void noEndpointIsAwsItself() {
        assertThat(options(null, "eu-central-1", "bucket", "a/b", "s").place())
                .isEqualTo("bucket bucket at AWS, region eu-central-1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user@example.org, r, bucket, '', s, not an endpoint",
        "https:///nothing, r, bucket, '', s, not an endpoint",
        "https://example.org?a=b, r, bucket, '', s, not an endpoint",
        "https://example.org, EU West, bucket, '', s, not a region",
        "https://example.org, r, a/b, '', s, not a bucket",
        "https://example.org, r, bucket, a/, s, not a prefix",
        "https://example.org, r, bucket, ../a, s, not a prefix",
        "https://example.org, r, bucket, '', ' ', secret key is empty"
    })
    void whatIsWrongIsSaid(String endpoint, String region, String bucket, String prefix, String secret, String what) {
        assertThatThrownBy(() -> options(endpoint, region, bucket, prefix, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }

    private static S3Options options(
            @Nullable String endpoint, String region, String bucket, String prefix, String secret) {
        return new S3Options(
                endpoint == null ? null : URI.create(endpoint),
                region,
                bucket,
                prefix,
                true,
                "AKIA",
                secret,
                null,
                S3Encryption.NONE);
    }
}
