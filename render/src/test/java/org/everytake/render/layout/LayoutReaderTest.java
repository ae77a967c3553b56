package org.everytake.render.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutReaderTest {
    private static final String AREA = "{\"shows\": [\"people\"], \"box\": [0, 0, 100, 100]}";

    private static String with(String fields, String arrangements) {
        return "{\"version\": 1, " + fields + "\"arrangements\": " + arrangements + "}";
    }

    private static String area(String fields) {
        return with("", "[[{" + fields + "}]]");
    }

    private static void refused(String json, String... saying) {
        assertThatThrownBy(() -> LayoutReader.read(json))
                .isInstanceOf(LayoutFault.class)
                .satisfies(
                        fault -> assertThat(fault.getMessage()).contains(saying).endsWith("."));
    }

    @Test
    void REN_3_whatIsLeftOutIsAsUsual() throws Exception {
        Layout layout = LayoutReader.read(with("", "[[" + AREA + "]]"));
        assertThat(layout)
                .isEqualTo(new Layout(
                        true,
                        0,
                        false,
                        Set.of(),
                        List.of(List.of(new Area(
                                List.of(Shown.PEOPLE),
                                new Area.Box(0, 0, 100, 100),
                                Area.MOST_PANES,
                                Area.Shape.WIDE,
                                false)))));
    }

    @Test
    void REN_3_allThatCanBeSaid() throws Exception {
        Layout layout = LayoutReader.read("""
                {"version": 1, "names": false, "gap": 2.5, "absent": true, "heading": ["title", "time"],
                 "arrangements": [
                   [{"shows": ["screens"], "box": [0, 0, 70.5, 100], "most": 2, "shape": "4:3"},
                    {"shows": ["speaker", "people"], "box": [70.5, 0, 29.5, 100], "shape": "box", "fit": "fill"}],
                   [{"shows": ["people"], "box": [0, 0, 100, 100], "fit": "whole"}]
                 ]}""");
        assertThat(layout.heading()).containsExactlyInAnyOrder(Layout.Heading.values());
        assertThat(layout.names()).isFalse();
        assertThat(layout.absent()).isTrue();
        assertThat(layout.gap()).isEqualTo(2.5);
        assertThat(layout.arrangements().getFirst().getFirst())
                .isEqualTo(new Area(
                        List.of(Shown.SCREENS), new Area.Box(0, 0, 70.5, 100), 2, new Area.Shape(4, 3), false));
        assertThat(layout.arrangements().getFirst().getLast())
                .isEqualTo(new Area(
                        List.of(Shown.SPEAKER, Shown.PEOPLE),
                        new Area.Box(70.5, 0, 29.5, 100),
                        Area.MOST_PANES,
                        Area.Shape.BOX,
                        true));
    }

    @Test
    void theDocumentShowsTheUsualOne() throws Exception {
        String document = Files.readString(Path.of("../docs/formats.md"));
        String layout = document.substring(document.indexOf("\n## Layout\n"));
        String example = layout.substring(layout.indexOf("```json\n") + 8);
        assertThat(LayoutReader.read(example.substring(0, example.indexOf("```"))))
                .isEqualTo(Layout.SCREEN);
    }

    @Test
    void whatIsWrongIsSaidAndWhere() {
        refused("", "The layout must be an object");
        refused("[1]", "must be an object");
        refused("{", "none:", "line 1");
        refused("{\"version\": 1, \"version\": 1}", "Duplicate");
        refused(with("", "[[" + AREA + "]]") + "x", "JSON");
        refused("{\"version\": 2}", "\"version\" must be 1");
        refused("{\"arrangements\": []}", "\"version\" must be 1");
        refused("[".repeat(5000), "JSON");
        refused(" ".repeat(20_000), "at most 16384 characters", "20000");
        refused(with("\"colour\": 1, ", "[]"), "\"colour\"", "known are");
        refused(with("\"names\": 1, ", "[[" + AREA + "]]"), "\"names\" must be true or false");
        refused(with("\"gap\": 11, ", "[[" + AREA + "]]"), "\"gap\" must be between 0 and 10", "11");
        refused(with("\"gap\": \"wide\", ", "[[" + AREA + "]]"), "\"gap\"");
        refused(with("\"gap\": 1e999, ", "[[" + AREA + "]]"), "\"gap\"");
        refused(with("\"heading\": \"title\", ", "[[" + AREA + "]]"), "\"heading\" must be a list");
        refused(with("\"heading\": [\"date\"], ", "[[" + AREA + "]]"), "\"title\", \"time\"", "date");
        refused(with("", "[]"), "\"arrangements\" must be a list of 1 to 8");
        refused(with("", "[[]]"), "arrangements[0] must be a list of 1 to 16 areas");
        refused(with("", "[[" + AREA + "], [3]]"), "Arrangements[1][0] must be an object");
        refused(with("", "[[" + AREA + ", " + AREA + "]]"), "arrangements[0][1] lies partly over arrangements[0][0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'box': [0, 0, 100, 100] | .shows must be a list of",
                "'shows': [], 'box': [0, 0, 100, 100] | .shows must be a list of",
                "'shows': ['people', 'people'], 'box': [0, 0, 100, 100] | at most once",
                "'shows': ['dogs'], 'box': [0, 0, 100, 100] | there is \"dogs\"",
                "'shows': ['people'] | .box must be four numbers",
                "'shows': ['people'], 'box': [0, 0, 100] | .box must be four numbers",
                "'shows': ['people'], 'box': [0, 0, 100, '100'] | .box must be between 5 and 100",
                "'shows': ['people'], 'box': [0, 0, 100, 4] | .box must be between 5 and 100",
                "'shows': ['people'], 'box': [-1, 0, 100, 100] | .box must be between 0 and 95",
                "'shows': ['people'], 'box': [50, 0, 51, 100] | beyond the canvas",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'most': 0 | .most must be between 1 and 49",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'most': 1.5 | whole number",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'shape': '16x9' | .shape must be",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'shape': '0:9' | .shape must be",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'fit': 'tight' | .fit must be",
                "'shows': ['people'], 'box': [0, 0, 100, 100], 'colour': 1 | which means nothing",
            },
            quoteCharacter = '`')
    void whatIsWrongWithAnAreaIsSaid(String fields, String saying) {
        refused(area(fields.replace('\'', '"')), "rrangements[0][0]", saying);
    }
}
