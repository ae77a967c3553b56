package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.studio.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of recordings: search, orders, filters and pages, over real HTTP. */
class RecordingListTest {
    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        session = stage.session("Weekly");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private List<String> titles(String query) throws Exception {
        List<String> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = json(stage.get("/recordings?limit=3" + query + after));
            page.path("recordings").forEach(one -> all.add(one.path("title").asText()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());
        return all;
    }

    private List<String> found(String words) throws Exception {
        return titles("&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }

    @Test
    void LIB_1_wordsAreFoundByTheirBeginningWhateverTheirCaseAndAccents() throws Exception {
        stage.processing(session, "Žižkov café review", "Søren Ångström");
        stage.processing(session, "STRASSE", "Łukasz");
        stage.processing(session, "会議 東京", "Anna");
        assertThat(found("zizk")).containsExactly("Žižkov café review");
        assertThat(found("CAFÉ rev")).containsExactly("Žižkov café review");
        assertThat(found("rev soren")).containsExactly("Žižkov café review");
        assertThat(found("straße")).containsExactly("STRASSE");
        assertThat(found("lukasz")).containsExactly("STRASSE");
        assertThat(found("東京")).containsExactly("会議 東京");
        assertThat(found("iew")).isEmpty();
        assertThat(found("rev anna")).isEmpty();
        assertThat(found("' & !*:|()\\")).isEmpty();
        assertThat(found("'rev' | :*")).containsExactly("Žižkov café review");
        assertThat(found("  ")).hasSize(3);
    }

    @Test
    void whatIsRenamedIsFoundByItsNewName() throws Exception {
        UUID id = stage.processing(session, "Old", "Anna");
        stage.ask("PATCH", "/recordings/" + id, "{\"title\":\"New\"}");
        assertThat(found("old")).isEmpty();
        assertThat(found("new anna")).containsExactly("New");
    }

    @Test
    void everyOrderGoesOnFromPageToPage() throws Exception {
        List<String> newest = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            String title = (i % 2 == 0 ? "b" : "Ä") + (char) ('k' - i);
            UUID id = stage.processing(session, title);
            stage.recordings.grew(id, (i * 7) % 5 * 1000, 0);
            newest.addFirst(title);
        }
        assertThat(titles("")).isEqualTo(newest);
        assertThat(titles("&sort=oldest")).isEqualTo(newest.reversed());
        List<String> sorted = new ArrayList<>(newest);
        Collections.sort(sorted, java.util.Comparator.comparing(Words::fold));
        assertThat(titles("&sort=title")).isEqualTo(sorted);
        assertThat(titles("&sort=title&q=b"))
                .isEqualTo(sorted.stream().filter(t -> t.startsWith("b")).toList());
        assertThat(titles("&sort=longest")).hasSize(11).doesNotHaveDuplicates();
        assertThat(titles("&sort=longest&session=" + session)).isEqualTo(titles("&sort=longest"));
        assertThat(titles("&state=processing")).isEqualTo(newest);
        assertThat(titles("&state=ready")).isEmpty();
        assertThat(outcome(stage.get("/recordings?state=lost"))).isEqualTo("400 malformed-request");
        String title =
                json(stage.get("/recordings?limit=1&sort=title")).path("next").asText();
        assertThat(outcome(stage.get("/recordings?after=" + title))).isEqualTo("400 malformed-request");
    }

    @Test
    void manyAreFoundTheSameAsFew() throws Exception {
        // More than a stretch, so that every way of looking is gone: along the order, and through what is wanted.
        stage.database.jdbi().useHandle(handle -> handle.execute("""
                insert into recordings (id, organisation, session, title, title_key, search, state, created_at,
                    duration_millis)
                select ('01000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, organisation, id,
                    'Talk ' || n, 'talk ' || lpad(n::text, 5, '0'),
                    array_to_tsvector(array['talk', case when n % 1000 = 7 then 'rare' else 'common' end]),
                    case when n % 1500 = 0 then 'failed' else 'ready' end, now(), n
                from sessions, generate_series(1, 6000) as n
                """));
        stage.people(session, Map.of(stage.host.email(), SessionRole.HOST));
        assertThat(titles("&q=rare")).hasSize(6).startsWith("Talk 5007", "Talk 4007");
        assertThat(titles("&q=rare&sort=title")).hasSize(6).startsWith("Talk 7", "Talk 1007");
        assertThat(titles("&q=rare&sort=longest")).hasSize(6).startsWith("Talk 5007");
        assertThat(titles("&state=failed")).containsExactly("Talk 6000", "Talk 4500", "Talk 3000", "Talk 1500");
        assertThat(titles("&q=nothing")).isEmpty();
        assertThat(json(stage.get("/recordings?q=common")).path("recordings")).hasSize(50);
        assertThat(json(stage.get("/recordings?sort=oldest"))
                        .at("/recordings/0/title")
                        .asText())
                .isEqualTo("Talk 1");
        assertThat(json(stage.get("/recordings?sort=longest"))
                        .at("/recordings/0/title")
                        .asText())
                .isEqualTo("Talk 6000");

        // Somebody who has little beside much of others.
        var ben = stage.people.somebody(LibraryStage.ORGANISATION, "Ben", Role.MEMBER);
        UUID own = stage.session("Ben's");
        stage.people(own, Map.of(ben.email(), SessionRole.HOST));
        stage.processing(own, "Rare talk of Ben");
        for (String query : List.of("", "?q=rare", "?sort=title", "?sort=longest&q=talk", "?state=processing")) {
            assertThat(json(stage.get("/recordings" + query, ben.cookie()))
                            .path("recordings")
                            .findValuesAsText("title"))
                    .contains("Rare talk of Ben")
                    .hasSize(1);
        }
    }
}
