package org.everytake.render.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.everytake.render.layout.Area.Box;
import org.everytake.render.layout.Area.Shape;

/** Reads the JSON form of a layout, and tells in a sentence what is wrong with it. */
public final class LayoutReader {
    /** The version of the form that is read. */
    public static final int VERSION = 1;

    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_ARRANGEMENTS = 8;
    private static final int MOST_AREAS = 16;
    private static final int MOST_GAP = 10;
    private static final int LEAST_SIDE = 5;
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]?):([1-9][0-9]?)");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LayoutReader() {}

    /** @throws LayoutFault if it is not JSON, or not a layout */
    public static Layout read(String json) throws LayoutFault {
        if (json.length() > MOST_CHARACTERS) {
            throw new LayoutFault(
                    "A layout has at most " + MOST_CHARACTERS + " characters; this one has " + json.length() + ".");
        }
        try {
            return layout(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage().replaceFirst(" \\(start marker.*\\)", "");
            throw new LayoutFault("A layout is written in JSON, and this is none: " + place(e) + what + ".");
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
    }

    private static Layout layout(JsonNode node) throws LayoutFault {
        only(node, "the layout", "version", "names", "gap", "absent", "heading", "arrangements");
        if (!node.path("version").isInt() || node.path("version").intValue() != VERSION) {
            throw new LayoutFault("\"version\" must be " + VERSION + ", the one that this program reads.");
        }
        JsonNode given = node.path("arrangements");
        if (!given.isArray() || given.isEmpty() || given.size() > MOST_ARRANGEMENTS) {
            throw new LayoutFault("\"arrangements\" must be a list of 1 to " + MOST_ARRANGEMENTS
                    + " arrangements, each a list of areas.");
        }
        List<List<Area>> arrangements = new ArrayList<>();
        for (JsonNode arrangement : given) {
            arrangements.add(arrangement(arrangement, "arrangements[" + arrangements.size() + "]"));
        }
        double gap = node.has("gap") ? number(node.get("gap"), "\"gap\"", 0, MOST_GAP) : 0;
        return new Layout(flag(node, "names", true), gap, flag(node, "absent", false), heading(node), arrangements);
    }

    private static Set<Layout.Heading> heading(JsonNode node) throws LayoutFault {
        Set<Layout.Heading> heading = EnumSet.noneOf(Layout.Heading.class);
        JsonNode given = node.path("heading");
        if (!given.isMissingNode() && !given.isArray()) {
            throw new LayoutFault("\"heading\" must be a list of " + words(Layout.Heading.values()) + ".");
        }
        for (JsonNode word : given) {
            heading.add(word(word, "\"heading\"", Layout.Heading.values()));
        }
        return heading;
    }

    private static List<Area> arrangement(JsonNode node, String where) throws LayoutFault {
        if (!node.isArray() || node.isEmpty() || node.size() > MOST_AREAS) {
            throw new LayoutFault(where + " must be a list of 1 to " + MOST_AREAS + " areas.");
        }
        List<Area> areas = new ArrayList<>();
        for (JsonNode given : node) {
            Area area = area(given, where + "[" + areas.size() + "]");
            for (Area other : areas) {
                if (area.box().overlaps(other.box())) {
                    throw new LayoutFault(where + "[" + areas.size() + "] lies partly over " + where + "["
                            + areas.indexOf(other) + "]; areas must lie beside each other.");
                }
            }
            areas.add(area);
        }
        return areas;
    }

    private static Area area(JsonNode node, String where) throws LayoutFault {
        only(node, where, "shows", "box", "most", "shape", "fit");
        List<Shown> shows = new ArrayList<>();
        for (JsonNode word : node.path("shows")) {
            shows.add(word(word, where + ".shows", Shown.values()));
        }
        if (shows.isEmpty() || Set.copyOf(shows).size() < shows.size()) {
            throw new LayoutFault(where + ".shows must be a list of " + words(Shown.values()) + ", each at most once.");
        }
        int most = Area.MOST_PANES;
        if (node.has("most")) {
            double given = number(node.get("most"), where + ".most", 1, Area.MOST_PANES);
            if (given != Math.rint(given)) {
                throw new LayoutFault(where + ".most must be a whole number.");
            }
            most = (int) given;
        }
        String fit = node.path("fit").asText("whole");
        if (!fit.equals("whole") && !fit.equals("fill")) {
            throw new LayoutFault(where + ".fit must be \"whole\" or \"fill\".");
        }
        return new Area(shows, box(node.path("box"), where + ".box"), most, shape(node, where), fit.equals("fill"));
    }

    private static Box box(JsonNode node, String where) throws LayoutFault {
        if (!node.isArray() || node.size() != 4) {
            throw new LayoutFault(where + " must be four numbers, left, top, width and height in percent.");
        }
        double left = number(node.get(0), where, 0, 100 - LEAST_SIDE);
        double top = number(node.get(1), where, 0, 100 - LEAST_SIDE);
        double width = number(node.get(2), where, LEAST_SIDE, 100);
        double height = number(node.get(3), where, LEAST_SIDE, 100);
        if (left + width > 100 || top + height > 100) {
            throw new LayoutFault(
                    where + " reaches beyond the canvas: left and width, and top and height, must not come to"
                            + " more than 100.");
        }
        return new Box(left, top, width, height);
    }

    private static Shape shape(JsonNode node, String where) throws LayoutFault {
        String given = node.path("shape").asText("16:9");
        Matcher ratio = SHAPE.matcher(given);
        if (ratio.matches()) {
            return new Shape(Integer.parseInt(ratio.group(1)), Integer.parseInt(ratio.group(2)));
        }
        if (!given.equals("box")) {
            throw new LayoutFault(where + ".shape must be \"box\", or width and height as \"16:9\" has them.");
        }
        return Shape.BOX;
    }

    private static void only(JsonNode node, String where, String... known) throws LayoutFault {
        if (!node.isObject()) {
            throw new LayoutFault(capital(where) + " must be an object with " + String.join(", ", known) + ".");
        }
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!List.of(known).contains(name)) {
                throw new LayoutFault(capital(where) + " has \"" + name + "\", which means nothing; known are "
                        + String.join(", ", known) + ".");
            }
        }
    }

    private static boolean flag(JsonNode node, String name, boolean otherwise) throws LayoutFault {
        JsonNode given = node.path(name);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new LayoutFault("\"" + name + "\" must be true or false.");
        }
        return given.asBoolean(otherwise);
    }

    private static double number(JsonNode node, String where, double least, double most) throws LayoutFault {
        if (!node.isNumber() || !(node.doubleValue() >= least && node.doubleValue() <= most)) {
            throw new LayoutFault(String.format(
                    Locale.ROOT, "%s must be between %.0f and %.0f; there is %s.", where, least, most, node));
        }
        return node.doubleValue();
    }

    private static <E extends Enum<E>> E word(JsonNode node, String where, E[] known) throws LayoutFault {
        for (E value : known) {
            if (node.isTextual() && node.textValue().equals(word(value))) {
                return value;
            }
        }
        throw new LayoutFault(where + " must be a list of " + words(known) + "; there is " + node + ".");
    }

    private static String words(Enum<?>[] known) {
        List<String> words = new ArrayList<>();
        for (Enum<?> value : known) {
            words.add("\"" + word(value) + "\"");
        }
        return String.join(", ", words);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
