package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads {@code layers.txt} against the classes of every module that has been built. */
class LayersTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern OURS = Pattern.compile("org/everytake/([a-z0-9]+)(?:/([a-z0-9]+))?[/;]");

    @Test
    void everyLayerUsesOnlyWhatItMay() throws IOException {
        Map<String, Set<String>> allowed = allowed();
        Map<String, Set<String>> used = used();
        var trespasses = new TreeSet<String>();
        used.forEach((layer, others) -> {
            var may = allowed.get(layer);
            if (may == null) {
                trespasses.add(layer + " is not in layers.txt");
                return;
            }
            others.stream()
                    .filter(other -> !other.equals(layer) && !may.contains(other))
                    .forEach(other -> trespasses.add(layer + " uses " + other));
        });
        assertThat(trespasses).isEmpty();
        assertThat(used.keySet()).contains("config", "db", "http", "jobs", "library", "main", "wire/", "tape/");
    }

    private static Map<String, Set<String>> allowed() throws IOException {
        return Files.readAllLines(Path.of("layers.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        parts -> parts[0].strip(),
                        parts -> Arrays.stream(parts[1].strip().split(" +"))
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toSet())));
    }

    private static Map<String, Set<String>> used() throws IOException {
        Map<String, Set<String>> used = new HashMap<>();
        for (String module : new String[] {"wire", "tape", "vault", "call", "render", "peer", "bench", "studio"}) {
            Path classes = ROOT.resolve(module).resolve("target/classes");
            if (!Files.isDirectory(classes)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(LayersTest::isOurs).toList()) {
                    Set<String> layers = layersIn(file);
                    String own = layer(classes.relativize(file).toString());
                    used.computeIfAbsent(own, key -> new TreeSet<>()).addAll(layers);
                }
            }
        }
        return used;
    }

    private static boolean isOurs(Path file) {
        String name = file.toString();
        return name.endsWith(".class")
                && name.contains("/org/everytake/")
                && !name.endsWith("module-info.class")
                && !name.endsWith("/studio/package-info.class");
    }

    /** Every class that the file names: as a class, in a descriptor, in a signature. */
    private static Set<String> layersIn(Path file) throws IOException {
        Set<String> layers = new TreeSet<>();
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
            String text = switch (entry) {
                case ClassEntry named -> named.asInternalName();
                case Utf8Entry utf8 -> descriptor(utf8.stringValue());
                default -> "";
            };
            Matcher names = OURS.matcher(text);
            while (names.find()) {
                layers.add(layer(names.group()));
            }
        }
        layers.remove("");
        return layers;
    }

    /** Text that has classes in it as descriptors and signatures do; other text is of no account. */
    private static String descriptor(String text) {
        return text.contains("Lorg/everytake/") ? text : "";
    }

    /** The layer of a class by its path: a package of studio, or a module with a slash. */
    private static String layer(String path) {
        Matcher name = OURS.matcher(path);
        if (!name.find()) {
            return "";
        }
        if (!name.group(1).equals("studio")) {
            return name.group(1) + "/";
        }
        return name.group(2) == null ? "" : name.group(2);
    }
}
