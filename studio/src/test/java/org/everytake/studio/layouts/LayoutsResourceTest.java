package org.everytake.studio.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.ORGANISATION;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsResourceTest {
    private static final String LECTURE = """
            {"version": 1, "heading": ["title"],
             "arrangements": [[{"shows": ["speaker"], "box": [0, 0, 100, 100]}]]}""";

    @TempDir
    Path folder;

    private LibraryStage stage;
    private TestPeople.Somebody admin;
    private TestPeople.Somebody member;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        admin = stage.people.somebody(ORGANISATION, "Ada", Role.ADMIN);
        member = stage.people.somebody(ORGANISATION, "Mia", Role.MEMBER);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private static String named(String name, String layout) {
        return "{\"name\": \"" + name + "\", \"layout\": " + layout + "}";
    }

    private HttpResponse<byte[]> ask(String method, String path, @Nullable String body) throws Exception {
        return stage.ask(method, path, body, admin.cookie());
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        json(stage.get("/layouts", member.cookie()))
                .path("layouts")
                .forEach(layout -> names.add(layout.path("name").asText()));
        return names;
    }

    @Test
    void REN_3_thoseThatAreShippedAreThere() throws Exception {
        assertThat(names()).containsExactly("screen", "grid", "filmstrip", "speaker", "two-sided");
        assertThat(json(stage.get("/layouts", member.cookie())).path("layouts"))
                .allMatch(layout -> layout.path("shipped").asBoolean());
    }

    @Test
    void REN_3_anOrganisationAddsChangesAndDeletesOne() throws Exception {
        HttpResponse<byte[]> made = ask("POST", "/layouts", named("Lecture", LECTURE));
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode layout = json(made);
        assertThat(layout.at("/layout/heading/0").asText()).isEqualTo("title");
        assertThat(names()).endsWith("two-sided", "Lecture");
        String path = "/layouts/" + layout.path("id").asText();

        assertThat(outcome(ask("PUT", path, named("Lectures", LECTURE.replace("speaker", "people")))))
                .isEqualTo("200");
        assertThat(names()).endsWith("Lectures").doesNotContain("Lecture");
        assertThat(outcome(ask("DELETE", path, null))).isEqualTo("204");
        assertThat(outcome(ask("DELETE", path, null))).isEqualTo("404 no-such-layout");
        assertThat(outcome(ask("PUT", path, named("Lectures", LECTURE)))).isEqualTo("404 no-such-layout");
        assertThat(outcome(ask("DELETE", "/layouts/grid", null))).isEqualTo("404 no-such-layout");
        assertThat(names()).hasSize(5);
    }

    @Test
    void whatIsWrongIsRefusedWithASentence() throws Exception {
        HttpResponse<byte[]> refused = ask("POST", "/layouts", named("Odd", LECTURE.replace("100, 100", "200, 100")));
        assertThat(outcome(refused)).isEqualTo("400 malformed-request");
        assertThat(json(refused).path("detail").asText()).contains("arrangements[0][0].box", "200");
        assertThat(outcome(ask("POST", "/layouts", "{\"name\": \"Odd\"}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(ask("POST", "/layouts", named("", LECTURE)))).isEqualTo("400 malformed-request");
        assertThat(outcome(ask("POST", "/layouts", named("One", LECTURE)))).isEqualTo("201");
        HttpResponse<byte[]> twice = ask("POST", "/layouts", named("ONE", LECTURE));
        assertThat(json(twice).path("detail").asText()).contains("another layout with the name ONE");
        assertThat(outcome(ask("POST", "/layouts", named("Grid", LECTURE))))
                .as("that of one that is shipped")
                .isEqualTo("400 malformed-request");
        assertThat(names()).hasSize(6);
    }

    @Test
    void thereIsAnEndToThem() throws Exception {
        for (int i = 0; i < LayoutTable.MOST; i++) {
            assertThat(outcome(ask("POST", "/layouts", named("Layout " + i, LECTURE))))
                    .isEqualTo("201");
        }
        assertThat(json(ask("POST", "/layouts", named("One more", LECTURE)))
                        .path("detail")
                        .asText())
                .contains("at most 100");
    }

    @Test
    void membersLookAndOthersHaveTheirOwn() throws Exception {
        assertThat(outcome(stage.ask("POST", "/layouts", named("Mine", LECTURE), member.cookie())))
                .isEqualTo("403 not-allowed");
        JsonNode made = json(ask("POST", "/layouts", named("Lecture", LECTURE)));
        TestPeople.Somebody other = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        assertThat(json(stage.get("/layouts", other.cookie())).path("layouts")).hasSize(5);
        assertThat(outcome(stage.ask("DELETE", "/layouts/" + made.path("id").asText(), null, other.cookie())))
                .isEqualTo("404 no-such-layout");
    }

    @Test
    void REN_3_oneCanBeLookedAtBeforeItIsKept() throws Exception {
        HttpResponse<byte[]> picture =
                stage.ask("POST", "/layouts/preview", "{\"layout\": " + LECTURE + ", \"people\": 3}", member.cookie());
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(new String(picture.body(), 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
        assertThat(outcome(ask("POST", "/layouts/preview", "{\"layout\": " + LECTURE + ", \"people\": 10}")))
                .isEqualTo("400 malformed-request");
        assertThat(outcome(ask("POST", "/layouts/preview", "{\"layout\": {}}"))).isEqualTo("400 malformed-request");
    }
}
