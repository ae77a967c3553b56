package org.everytake.studio.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.everytake.studio.config.Settings.LogFormat;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Reads the settings: a flag wins over the environment, the environment over {@code everytake.toml}. */
public final class SettingsReader {
    /** What one offer can carry of the others, and what its answer may be long. */
    private static final int MOST_SECONDS_AWAY = 600;

    private static final int MOST_PEOPLE = 40;

    private static final int MOST_LOOPS = 8;

    /** RFC 7064 and RFC 7065. */
    private static final String HOST_AND_PORT = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?";

    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST_AND_PORT);
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST_AND_PORT + "(\\?transport=(udp|tcp))?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}) ?([MG]B)");
    private static final int SHORTEST_TOKEN = 16;

    /** The file that is read where no other is named, if it is there. */
    public static final String FILE = "everytake.toml";

    private record Value(String text, String origin) {}

    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final Path folder;

    private SettingsReader(Path folder) {
        this.folder = folder;
    }

    /**
     * @param flags what was given on the command line
     * @param environment the variables of the process
     * @param file the settings file that was asked for, or null for {@link #FILE} in {@code folder} if there is one
     * @param folder what relative paths are relative to
     */
    public static Settings read(
            Map<Setting, String> flags, Map<String, String> environment, @Nullable Path file, Path folder)
            throws CannotStart {
        var reader = new SettingsReader(folder);
        reader.readFile(file);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null) {
                reader.values.put(setting, new Value(variable, setting.variable()));
            }
            String flag = flags.get(setting);
            if (flag != null) {
                reader.values.put(setting, new Value(flag, setting.flag()));
            }
        }
        return reader.settings();
    }

    private void readFile(@Nullable Path named) throws CannotStart {
        Path file = named == null ? folder.resolve(FILE) : folder.resolve(named);
        if (!Files.exists(file)) {
            if (named == null) {
                return;
            }
            throw new CannotStart("There is no settings file " + file + ".");
        }
        TomlParseResult toml;
        try {
            toml = Toml.parse(file);
        } catch (IOException e) {
            throw new CannotStart("The settings file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (toml.hasErrors()) {
            var error = toml.errors().getFirst();
            throw new CannotStart("The settings file " + file + " has a mistake in line "
                    + error.position().line() + ": " + error.getMessage() + ".");
        }
        for (String key : toml.keySet()) {
            String at = file.getFileName() + " line " + lineOf(toml, key);
            Setting setting = Setting.ofKey(key)
                    .orElseThrow(() -> new CannotStart("There is no setting \"" + key + "\" (" + at + ")."));
            Object value = toml.get(List.of(key));
            if (!(value instanceof String || value instanceof Long)) {
                throw new CannotStart("The setting " + key + " (" + at + ") must be a text or a whole number.");
            }
            values.put(setting, new Value(value.toString(), at));
        }
    }

    private static int lineOf(TomlParseResult toml, String key) {
        var position = toml.inputPositionOf(List.of(key));
        return position == null ? 0 : position.line();
    }

    private Settings settings() throws CannotStart {
        String host = text(Setting.HOST);
        return new Settings(
                new Settings.Web(
                        host,
                        port(Setting.PORT),
                        publicAddress(),
                        certificate(),
                        proxies(),
                        Set.copyOf(list(Setting.HOST_NAMES))),
                new Settings.Limits(limit(Setting.LIMIT_SIGN_IN), limit(Setting.LIMIT_JOIN), limit(Setting.LIMIT_API)),
                media(host),
                ice(),
                data(),
                new Settings.Database(
                        databaseUrl(),
                        text(Setting.DATABASE_USER),
                        value(Setting.DATABASE_PASSWORD).text()),
                oidc(),
                new Settings.Tools(optional(Setting.FFMPEG).map(Path::of)),
                rawArchive(),
                new Settings.Recorder(Duration.ofSeconds(number(Setting.CONTINUE_WITHIN, 0, MOST_SECONDS_AWAY))),
                new Settings.Storage(isOn(Setting.S3_LOCAL)),
                metrics(),
                logFormat());
    }

    private Settings.Data data() throws CannotStart {
        Optional<String> key = optional(Setting.MASTER_KEY);
        Optional<String> command = optional(Setting.MASTER_KEY_COMMAND);
        if (key.isPresent() && command.isPresent()) {
            throw new CannotStart("Of the settings master-key and master-key-command only one can be given.");
        }
        return new Settings.Data(path(text(Setting.DATA)), diskReserve(), key, command);
    }

    private Settings.DiskReserve diskReserve() throws CannotStart {
        String text = text(Setting.DISK_RESERVE);
        if (text.equals("auto")) {
            return new Settings.DiskReserve(Optional.empty());
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw wrong(Setting.DISK_RESERVE, "auto, or a size such as 500 MB or 2 GB");
        }
        long unit = size.group(2).equals("MB") ? 1_000_000L : 1_000_000_000L;
        return new Settings.DiskReserve(Optional.of(Long.parseLong(size.group(1)) * unit));
    }

    private Settings.Media media(String host) throws CannotStart {
        return new Settings.Media(
                host,
                port(Setting.UDP_PORT),
                number(Setting.MEDIA_LOOPS, 0, MOST_LOOPS),
                isOn(Setting.MEDIA_BATCHES),
                isOn(Setting.MEDIA_TCP),
                mediaAddresses(),
                number(Setting.ROOM_PEOPLE, 1, MOST_PEOPLE));
    }

    private List<Settings.MediaAddress> mediaAddresses() throws CannotStart {
        List<Settings.MediaAddress> addresses = list(Setting.MEDIA_ADDRESS).stream()
                .map(text -> text.split("=", 2))
                .map(sides -> new Settings.MediaAddress(
                        sides[0].strip(), sides.length == 1 ? Optional.empty() : Optional.of(sides[1].strip())))
                .toList();
        long pairs = addresses.stream().filter(one -> one.local().isPresent()).count();
        boolean empty = addresses.stream()
                .anyMatch(one -> one.address().isEmpty()
                        || one.local().filter(String::isEmpty).isPresent());
        if (empty || (pairs != 0 && pairs != addresses.size())) {
            throw wrong(
                    Setting.MEDIA_ADDRESS,
                    "addresses that stand for all of this machine's, or pairs such as 203.0.113.7=10.0.0.5, each for one of"
                            + " them, with commas between");
        }
        return addresses;
    }

    private Settings.Ice ice() throws CannotStart {
        List<String> turn = urls(Setting.TURN_SERVERS, TURN, "turn:turn.example.org:3478?transport=udp");
        Optional<String> secret = optional(Setting.TURN_SECRET);
        if (turn.isEmpty() == secret.isPresent()) {
            throw new CannotStart("The settings turn-servers and turn-secret belong together, but only "
                    + (turn.isEmpty() ? Setting.TURN_SECRET : Setting.TURN_SERVERS).key() + " is given.");
        }
        return new Settings.Ice(urls(Setting.STUN_SERVERS, STUN, "stun:stun.example.org:3478"), turn, secret);
    }

    private List<String> urls(Setting setting, Pattern form, String example) throws CannotStart {
        List<String> urls = list(setting);
        if (!urls.stream().allMatch(url -> form.matcher(url).matches())) {
            throw wrong(setting, "addresses such as " + example + ", with commas between");
        }
        return urls;
    }

    private Optional<Settings.Oidc> oidc() throws CannotStart {
        Optional<String> issuer = optional(Setting.OIDC_ISSUER);
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        URI uri = OidcIssuer.parse(issuer.get())
                .orElseThrow(() -> wrong(Setting.OIDC_ISSUER, "an address such as https://accounts.example.org"));
        String clientId = optional(Setting.OIDC_CLIENT_ID)
                .orElseThrow(() -> new CannotStart("The setting oidc-issuer needs oidc-client-id beside it."));
        Optional<UUID> organisation = Optional.empty();
        if (optional(Setting.OIDC_ORGANISATION).isPresent()) {
            try {
                organisation = Optional.of(UUID.fromString(text(Setting.OIDC_ORGANISATION)));
            } catch (IllegalArgumentException e) {
                throw wrong(Setting.OIDC_ORGANISATION, "an organisation's id");
            }
        }
        return Optional.of(new Settings.Oidc(
                uri,
                clientId,
                optional(Setting.OIDC_CLIENT_SECRET),
                optional(Setting.OIDC_LABEL).orElse(uri.getHost()),
                list(Setting.OIDC_DOMAINS).stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                organisation));
    }

    private Settings.Metrics metrics() throws CannotStart {
        Optional<String> token = optional(Setting.METRICS_TOKEN);
        if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
            // Not shown: a secret does not belong into the log, even a bad one.
            throw new CannotStart("The setting metrics-token is too short; give at least " + SHORTEST_TOKEN
                    + " characters, such as openssl rand -hex 16 makes.");
        }
        return new Settings.Metrics(token);
    }

    private Optional<Settings.Certificate> certificate() throws CannotStart {
        Optional<String> chain = optional(Setting.TLS_CERTIFICATE);
        Optional<String> key = optional(Setting.TLS_KEY);
        if (chain.isPresent() != key.isPresent()) {
            throw new CannotStart("The settings tls-certificate and tls-key belong together, but only "
                    + (chain.isPresent() ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY).key() + " is given.");
        }
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settings.Certificate(path(chain.get()), path(key.get())));
    }

    private Set<Network> proxies() throws CannotStart {
        Set<Network> proxies = new LinkedHashSet<>();
        for (String one : list(Setting.TRUSTED_PROXY)) {
            proxies.add(Network.parse(one)
                    .orElseThrow(() -> wrong(
                            Setting.TRUSTED_PROXY,
                            "addresses and networks such as 127.0.0.1, 10.1.0.0/16 or fd00::/8, with commas between")));
        }
        return proxies;
    }

    private Path path(String text) {
        return folder.resolve(text).toAbsolutePath().normalize();
    }

    private Optional<URI> publicAddress() throws CannotStart {
        Optional<String> given = optional(Setting.PUBLIC_ADDRESS);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(given.get());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
            if (web && uri.getHost() != null && bare && uri.getQuery() == null && uri.getFragment() == null) {
                return Optional.of(new URI(uri.getScheme() + "://" + uri.getAuthority()));
            }
        } catch (URISyntaxException e) {
            throw wrong(Setting.PUBLIC_ADDRESS, "an address such as https://studio.example.org");
        }
        throw wrong(Setting.PUBLIC_ADDRESS, "an address such as https://studio.example.org");
    }

    private Optional<String> databaseUrl() throws CannotStart {
        Optional<String> url = optional(Setting.DATABASE_URL);
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
            throw wrong(Setting.DATABASE_URL, "an address such as jdbc:postgresql://host/database");
        }
        return url;
    }

    private Settings.RawArchive rawArchive() throws CannotStart {
        return switch (text(Setting.RAW_ARCHIVE)) {
            case "tar.gz" -> Settings.RawArchive.TAR_GZ;
            case "zip" -> Settings.RawArchive.ZIP;
            case "none" -> Settings.RawArchive.NONE;
            default -> throw wrong(Setting.RAW_ARCHIVE, "tar.gz, zip or none");
        };
    }

    private LogFormat logFormat() throws CannotStart {
        String text = text(Setting.LOG_FORMAT);
        for (LogFormat format : LogFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                return format;
            }
        }
        throw wrong(Setting.LOG_FORMAT, "plain, json or auto");
    }

    private List<String> list(Setting setting) {
        return optional(setting).stream()
                .flatMap(all -> Arrays.stream(all.split(",", -1)))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private boolean isOn(Setting setting) throws CannotStart {
        return switch (text(setting)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(setting, "on or off");
        };
    }

    private int number(Setting setting, int least, int most) throws CannotStart {
        String text = text(setting);
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw wrong(setting, "a number from " + least + " to " + most);
    }

    private int limit(Setting setting) throws CannotStart {
        String text = text(setting);
        if (text.matches("[0-9]{1,7}")) {
            return Integer.parseInt(text);
        }
        throw wrong(setting, "a number of requests a minute, up to 9999999, or 0 for no limit");
    }

    private int port(Setting setting) throws CannotStart {
        try {
            int port = Integer.parseInt(text(setting));
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, "a number from 0 to 65535");
        }
        throw wrong(setting, "a number from 0 to 65535");
    }

    private String text(Setting setting) throws CannotStart {
        return optional(setting).orElseThrow(() -> wrong(setting, setting.description()));
    }

    private Optional<String> optional(Setting setting) {
        return Optional.of(value(setting).text().strip()).filter(text -> !text.isEmpty());
    }

    private Value value(Setting setting) {
        return values.getOrDefault(setting, new Value(setting.fallback(), "default"));
    }

    private CannotStart wrong(Setting setting, String expected) {
        Value value = value(setting);
        return new CannotStart("The setting " + setting.key() + " (" + value.origin() + ") is \"" + value.text()
                + "\", but must be " + expected + ".");
    }
}
