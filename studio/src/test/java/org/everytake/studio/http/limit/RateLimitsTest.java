package org.everytake.studio.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.everytake.studio.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {
    private final RateLimits limits = new RateLimits(new Settings.Limits(1, 2, 3), () -> 0);

    private boolean arrives(String address, String path) {
        return limits.arrived(address, "POST", path).orElseThrow().granted();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/sign-in, SIGN_IN",
        "GET, /api/v1/sign-in/oidc/return, SIGN_IN",
        "GET, /api/v1/sign-in, API",
        "POST, /api/v1/links/use, SIGN_IN",
        "GET, /api/v1/rooms/x/socket, JOIN",
        "POST, /api/v1/whip, JOIN",
        "DELETE, /api/v1/whep/x, JOIN",
        "GET, /api/v1/recordings, API",
        "GET, /api/v1/no-such, API",
        "GET, /recordings, ",
        "GET, /health/live, "
    })
    void eachCallIsOfOneClass(String method, String path, LimitClass of) {
        assertThat(LimitClass.of(method, path)).isEqualTo(Optional.ofNullable(of));
    }

    @Test
    void theClassesAreCountedApart() {
        assertThat(arrives("192.0.2.1", "/api/v1/sign-in")).isTrue();
        assertThat(arrives("192.0.2.1", "/api/v1/links/look")).isFalse();
        assertThat(arrives("192.0.2.1", "/api/v1/rooms/x")).isTrue();
        assertThat(arrives("192.0.2.1", "/api/v1/rooms/y")).isTrue();
        assertThat(arrives("192.0.2.1", "/api/v1/rooms/x/socket")).isFalse();
        assertThat(arrives("192.0.2.1", "/api/v1/sessions")).isTrue();
        assertThat(arrives("192.0.2.2", "/api/v1/sign-in")).isTrue();
    }

    @Test
    void anIpv6ClientCountsByItsNetwork() {
        assertThat(arrives("2001:db8:1:2::1", "/api/v1/sign-in")).isTrue();
        assertThat(arrives("[2001:db8:1:2:ffff::9]", "/api/v1/sign-in")).isFalse();
        assertThat(arrives("2001:db8:1:3::1", "/api/v1/sign-in")).isTrue();
        assertThat(arrives("::ffff:192.0.2.1", "/api/v1/sign-in")).isTrue();
        assertThat(arrives("192.0.2.1", "/api/v1/sign-in")).isFalse();
    }

    @Test
    void whoIsKnownIsCountedByAccountAlone() {
        for (int i = 0; i < 3; i++) {
            assertThat(arrives("192.0.2.1", "/api/v1/sessions")).isTrue();
            assertThat(limits.recognised("anna", "192.0.2.1", "GET", "/api/v1/sessions")
                            .orElseThrow()
                            .granted())
                    .isTrue();
        }
        assertThat(limits.recognised("anna", "192.0.2.1", "GET", "/api/v1/sessions")
                        .orElseThrow()
                        .granted())
                .isFalse();
        assertThat(limits.recognised("bea", "192.0.2.1", "GET", "/api/v1/sessions")
                        .orElseThrow()
                        .granted())
                .isTrue();
        assertThat(arrives("192.0.2.1", "/api/v1/sessions")).isTrue();
    }

    @Test
    void aTokenIsCountedWhereverItIsShown() {
        assertThat(limits.shown("token").orElseThrow().granted()).isTrue();
        assertThat(limits.shown("token").orElseThrow().granted()).isTrue();
        assertThat(limits.shown("token").orElseThrow().granted()).isFalse();
        assertThat(limits.shown("other").orElseThrow().granted()).isTrue();
    }

    @Test
    void noLimitCountsNothing() {
        assertThat(RateLimits.none().shown("token")).isEmpty();
        assertThat(RateLimits.none().arrived("192.0.2.1", "GET", "/api/v1/sessions"))
                .isEmpty();
        assertThat(RateLimits.none().recognised("anna", "192.0.2.1", "GET", "/api/v1/sessions"))
                .isEmpty();
    }
}
