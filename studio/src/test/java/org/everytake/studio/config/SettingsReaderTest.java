package org.everytake.studio.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    @TempDir
    Path folder;

    private Settings read(Map<Setting, String> flags, Map<String, String> environment) throws CannotStart {
        return SettingsReader.read(flags, environment, null, folder);
    }

    @Test
    void withoutAnySettingTheDefaultsHold() throws Exception {
        Settings settings = read(Map.of(), Map.of());
        assertThat(settings.web())
                .isEqualTo(new Settings.Web("127.0.0.1", 8080, Optional.empty(), Optional.empty(), Set.of(), Set.of()));
        assertThat(settings.web().publicAddress(8080, false)).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(settings.media())
                .isEqualTo(new Settings.Media("127.0.0.1", 50_000, 0, true, true, java.util.List.of(), 25));
        assertThat(settings.data().folder()).isEqualTo(folder.resolve("data"));
        assertThat(settings.database().url()).isEmpty();
        assertThat(settings.tools().ffmpeg()).isEmpty();
        assertThat(settings.logFormat()).isEqualTo(Settings.LogFormat.AUTO);
    }

    @Test
    void REN_2_theArchiveIsATarAZipOrNone() throws Exception {
        assertThat(read(Map.of(), Map.of()).rawArchive()).isEqualTo(Settings.RawArchive.TAR_GZ);
        assertThat(read(Map.of(Setting.RAW_ARCHIVE, "zip"), Map.of()).rawArchive())
                .isEqualTo(Settings.RawArchive.ZIP);
        assertThat(read(Map.of(Setting.RAW_ARCHIVE, "none"), Map.of()).rawArchive())
                .isEqualTo(Settings.RawArchive.NONE);
        assertThatThrownBy(() -> read(Map.of(Setting.RAW_ARCHIVE, "rar"), Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("tar.gz, zip or none");
    }

    @Test
    void theReserveOfTheDiskIsASizeOrGoesByTheDisk() throws Exception {
        Settings.DiskReserve auto = read(Map.of(), Map.of()).data().reserve();
        assertThat(auto.of(64_000_000)).isEqualTo(3_200_000);
        assertThat(auto.of(1_000_000_000_000L)).isEqualTo(2_000_000_000);
        assertThat(read(Map.of(Setting.DISK_RESERVE, "500 MB"), Map.of())
                        .data()
                        .reserve()
                        .of(1))
                .isEqualTo(500_000_000);
        assertThat(read(Map.of(Setting.DISK_RESERVE, "3GB"), Map.of())
                        .data()
                        .reserve()
                        .of(1))
                .isEqualTo(3_000_000_000L);
        for (String wrong : new String[] {"500", "5 TB", "-1 GB", "a lot"}) {
            assertThatThrownBy(() -> read(Map.of(Setting.DISK_RESERVE, wrong), Map.of()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("disk-reserve")
                    .hasMessageContaining("500 MB or 2 GB");
        }
    }

    @Test
    void aFlagWinsOverAVariableAndAVariableOverTheFile() throws Exception {
        Files.writeString(folder.resolve("everytake.toml"), "port = 1\nudp-port = 1\nhost = \"10.0.0.1\"\n");
        Settings settings = read(Map.of(Setting.PORT, "3"), Map.of("EVERYTAKE_PORT", "2", "EVERYTAKE_UDP_PORT", "2"));
        assertThat(settings.web().port()).isEqualTo(3);
        assertThat(settings.media().udpPort()).isEqualTo(2);
        assertThat(settings.web().host()).isEqualTo("10.0.0.1");
    }

    @Test
    void thePublicAddressFollowsTheHostUnlessItIsGiven() throws Exception {
        assertThat(read(Map.of(Setting.HOST, "0.0.0.0"), Map.of()).web().publicAddress(81, false))
                .isEqualTo(URI.create("http://localhost:81"));
        assertThat(read(Map.of(Setting.HOST, "::1"), Map.of()).web().publicAddress(81, false))
                .isEqualTo(URI.create("http://[::1]:81"));
        assertThat(read(Map.of(Setting.PUBLIC_ADDRESS, "https://studio.example.org/"), Map.of())
                        .web()
                        .publicAddress(81, false))
                .isEqualTo(URI.create("https://studio.example.org"));
    }

    @Test
    void stunAndTurnServersAreListsAndTheSecretIsNotShown() throws Exception {
        Files.writeString(
                folder.resolve("everytake.toml"),
                "turn-secret = \"hidden\"\nstun-servers = \"stun:[2001:db8::1]:3478\"");
        Settings.Ice ice = read(
                        Map.of(
                                Setting.TURN_SERVERS,
                                "turn:turn.example.org:3478?transport=udp, turns:turn.example.org:443?transport=tcp"),
                        Map.of())
                .ice();
        assertThat(ice.stun()).containsExactly("stun:[2001:db8::1]:3478");
        assertThat(ice.turn()).hasSize(2);
        assertThat(ice.turnSecret()).contains("hidden");
        assertThat(ice.toString()).doesNotContain("hidden");
        assertThat(Setting.TURN_SECRET.hasFlag()).isFalse();
    }

    @Test
    void mediaAddressesAreAList() throws Exception {
        assertThat(read(Map.of(Setting.MEDIA_ADDRESS, "192.0.2.1, 2001:db8::1"), Map.of())
                        .media()
                        .addresses())
                .containsExactly(
                        new Settings.MediaAddress("192.0.2.1", Optional.empty()),
                        new Settings.MediaAddress("2001:db8::1", Optional.empty()));
        assertThat(read(Map.of(Setting.MEDIA_ADDRESS, "203.0.113.7 = 10.0.0.5"), Map.of())
                        .media()
                        .addresses())
                .containsExactly(new Settings.MediaAddress("203.0.113.7", Optional.of("10.0.0.5")));
    }

    @Test
    void STO_2_onlyThisMachineAndANamedProxyAreSpokenToInTheClear() throws Exception {
        var anywhere = InetAddress.getByName("0.0.0.0");
        var loopback = InetAddress.getByName("127.0.0.1");
        var plain = read(Map.of(), Map.of()).web();
        assertThat(plain.encrypts(loopback)).isFalse();
        assertThat(plain.encrypts(anywhere)).isTrue();
        assertThat(plain.publicAddress(81, true)).isEqualTo(URI.create("https://127.0.0.1:81"));
        var behind = read(Map.of(Setting.TRUSTED_PROXY, "10.0.0.1, 2001:db8::/32"), Map.of())
                .web();
        assertThat(behind.encrypts(anywhere)).isFalse();
        assertThat(behind.trustedProxies())
                .containsExactlyInAnyOrder(
                        Network.of(InetAddress.getByName("10.0.0.1")),
                        new Network(InetAddress.getByName("2001:db8::"), 32));
        var own = read(Map.of(Setting.TLS_CERTIFICATE, "a.pem", Setting.TLS_KEY, "/k.pem"), Map.of())
                .web();
        assertThat(own.encrypts(loopback)).isTrue();
        assertThat(own.certificate()).hasValue(new Settings.Certificate(folder.resolve("a.pem"), Path.of("/k.pem")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 70000                 | The setting port (everytake.toml line 1) is \"70000\", but must be a number from 0 to 65535.",
                "port = \"x\"                 | The setting port (everytake.toml line 1) is \"x\", but must be a number from 0 to 65535.",
                "colour = \"red\"             | There is no setting \"colour\" (everytake.toml line 1).",
                "port = [1]                   | The setting port (everytake.toml line 1) must be a text or a whole number.",
                "public-address = \"ftp://x\" | The setting public-address (everytake.toml line 1) is \"ftp://x\", but must be an address such as https://studio.example.org.",
                "public-address = \"http://x/y\" | The setting public-address (everytake.toml line 1) is \"http://x/y\", but must be an address such as https://studio.example.org.",
                "database-url = \"mysql:x\"   | The setting database-url (everytake.toml line 1) is \"mysql:x\", but must be an address such as jdbc:postgresql://host/database.",
                "trusted-proxy = \"proxy\"    | The setting trusted-proxy (everytake.toml line 1) is \"proxy\", but must be addresses and networks such as 127.0.0.1, 10.1.0.0/16 or fd00::/8, with commas between.",
                "tls-key = \"key.pem\"        | The settings tls-certificate and tls-key belong together, but only tls-key is given.",
                "media-loops = 9              | The setting media-loops (everytake.toml line 1) is \"9\", but must be a number from 0 to 8.",
                "media-batches = 1            | The setting media-batches (everytake.toml line 1) is \"1\", but must be on or off.",
                "turn-servers = \"turn:t.example.org\" | The settings turn-servers and turn-secret belong together, but only turn-servers is given.",
                "turn-secret = \"s\"          | The settings turn-servers and turn-secret belong together, but only turn-secret is given.",
                "stun-servers = \"stun.example.org\" | The setting stun-servers (everytake.toml line 1) is \"stun.example.org\", but must be addresses such as stun:stun.example.org:3478, with commas between.",
                "media-address = \"203.0.113.7=\" | The setting media-address (everytake.toml line 1) is \"203.0.113.7=\", but must be addresses that stand for all of this machine's, or pairs such as 203.0.113.7=10.0.0.5, each for one of them, with commas between.",
                "media-address = \"203.0.113.7=10.0.0.5, 203.0.113.8\" | The setting media-address (everytake.toml line 1) is \"203.0.113.7=10.0.0.5, 203.0.113.8\", but must be addresses that stand for all of this machine's, or pairs such as 203.0.113.7=10.0.0.5, each for one of them, with commas between.",
                "log-format = \"xml\"         | The setting log-format (everytake.toml line 1) is \"xml\", but must be plain, json or auto."
            })
    void eachMistakeInTheFileIsOneSentence(String line, String sentence) throws Exception {
        Files.writeString(folder.resolve("everytake.toml"), line);
        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessage(sentence);
    }

    @Test
    void aMistakeOfTheFormNamesItsLine() throws Exception {
        Files.writeString(folder.resolve("everytake.toml"), "port = 1\nudp-port 5\n");
        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("has a mistake in line 2");
    }

    @Test
    void aNamedFileMustBeThere() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of(), Path.of("none.toml"), folder))
                .isInstanceOf(CannotStart.class)
                .hasMessage("There is no settings file " + folder.resolve("none.toml") + ".");
    }

    @Test
    void thePasswordIsNotPrinted() throws Exception {
        Settings settings = read(Map.of(), Map.of("EVERYTAKE_DATABASE_PASSWORD", "hush"));
        assertThat(settings.database().password()).isEqualTo("hush");
        assertThat(settings.toString()).doesNotContain("hush");
    }
}
