package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.DatabaseAddress;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an older version of the program left in the database is there after an upgrade, and is found. */
class OlderVersionTest {
    private static final UUID ORGANISATION = LibraryStage.ORGANISATION;
    private static final Instant THEN = Instant.parse("2026-11-20T09:30:00.250Z");
    private static final UUID TALK = UUID.fromString("019aa0a0-0000-7000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("019aa0a0-0000-7000-8000-000000000002");
    private static final UUID DELETED = UUID.fromString("019aa0a0-0000-7000-8000-000000000003");

    private DatabaseAddress address;
    private Jdbi jdbi;

    @BeforeEach
    void open() throws Exception {
        address = TestDatabase.freshAddress();
        jdbi = Jdbi.create(address.url(), address.user(), address.password());
    }

    /** The schema as an older program had it. */
    private void schema(String version) {
        Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** Sessions as they were before there were accounts: their id was their link. */
    private static void sessionsWithoutAccounts(Handle handle) {
        for (String[] session : List.of(
                new String[] {"kD3-old_link", "Café Ürün – Q3-review"}, new String[] {"another-link", "Plain"})) {
            handle.createUpdate("insert into sessions (id, organisation, title, created_at)"
                            + " values (:id, :organisation, :title, :then::timestamptz)")
                    .bind("id", session[0])
                    .bind("organisation", ORGANISATION)
                    .bind("title", session[1])
                    .bind("then", THEN.toString())
                    .execute();
        }
        recording(handle, TALK, "kD3-old_link", "Élodie spricht", "ready");
        recording(handle, SECOND, "another-link", "Second", "failed");
        recording(handle, DELETED, "another-link", "Deleted", "ready");
        handle.execute("update recordings set deleted_at = created_at where id = ?", DELETED);
        handle.execute("insert into recording_people values (?, 'p1', 'Zoë Müller', 1)", TALK);
        handle.execute("insert into takes values (?, 1, 'p1', 'microphone', '', 0, 9000, 'stopped', 450, 0)", TALK);
        handle.execute("insert into segments values (?, '00000001.tape', 4096, now(), null, null)", TALK);
        handle.execute("""
                insert into renditions (id, recording, kind, name, content_type, state, progress, object, size_bytes,
                    duration_millis, sha256, created_at)
                values (?, ?, 'composite', 'Élodie spricht.mp4', 'video/mp4', 'ready', 1, 'renditions/x', 1000, 9000,
                    'abc', now())
                """, UUID.fromString("019aa0a0-0000-7000-8000-0000000000aa"), TALK);
    }

    private static void recording(Handle handle, UUID id, String session, String title, String state) {
        handle.createUpdate("""
                        insert into recordings (id, organisation, session, title, state, started_by, created_at,
                            started_at, stopped_at, duration_millis, size_bytes)
                        values (:id, :organisation, :session, :title, :state, 'Anna', :then::timestamptz,
                            :then::timestamptz, :then::timestamptz, 9000, 4096)
                        """)
                .bind("id", id)
                .bind("organisation", ORGANISATION)
                .bind("session", session)
                .bind("title", title)
                .bind("state", state)
                .bind("then", THEN.toString())
                .execute();
    }

    @Test
    void LIB_1_sessionsAndRecordingsFromBeforeThereWereAccountsGoOnUnderTheirLinks() throws Exception {
        schema("7");
        jdbi.useHandle(OlderVersionTest::sessionsWithoutAccounts);
        try (Database database = Database.open(address, 2)) {
            var invitations = new Invitations(database.jdbi());
            var entrance = invitations.enter("kD3-old_link", Optional.empty()).orElseThrow();
            Session session = entrance.session();
            assertThat(session.title()).isEqualTo("Café Ürün – Q3-review");
            assertThat(session.mode()).isEqualTo(SessionMode.VIDEO);
            assertThat(session.createdAt()).isEqualTo(THEN);
            assertThat(session.id().version()).isEqualTo(7);
            assertThat(session.id().variant()).isEqualTo(2);
            assertThat(session.id().getMostSignificantBits() >>> 16).isEqualTo(THEN.toEpochMilli());
            assertThat(invitations
                            .enter("another-link", Optional.empty())
                            .orElseThrow()
                            .session()
                            .id())
                    .isNotEqualTo(session.id());

            var recordings = new RecordingStore(database.jdbi());
            Recording talk = recordings.find(TALK).orElseThrow();
            assertThat(talk.session()).isEqualTo(session.id());
            assertThat(talk.title()).isEqualTo("Élodie spricht");
            assertThat(talk.state()).isEqualTo(RecordingState.READY);
            assertThat(talk.mode()).isEqualTo(SessionMode.VIDEO);
            assertThat(talk.thumbnail()).isNull();
            assertThat(recordings.find(DELETED)).isEmpty();
            assertThat(recordings.findWithTape(DELETED)).isPresent();
            assertThat(new TakeStore(database.jdbi()).takes(TALK)).hasSize(1);
            assertThat(new SegmentStore(database.jdbi()).of(TALK)).hasSize(1);
            assertThat(new RenditionStore(database.jdbi()).of(TALK))
                    .extracting(Rendition::name)
                    .containsExactly("Élodie spricht.mp4");
        }
    }

    @Test
    void theirWordsAreThoseThatTheProgramWouldHaveWritten() throws Exception {
        schema("7");
        jdbi.useHandle(OlderVersionTest::sessionsWithoutAccounts);
        try (Database database = Database.open(address, 2)) {
            Map<String, String> migrated = words(database.jdbi());
            assertThat(migrated.get("Élodie spricht")).contains("'elodie'", "'spricht'", "'zoe'", "'muller'");
            assertThat(migrated.get("Café Ürün – Q3-review")).contains("'cafe'", "'urun'", "'q3'", "'review'");
            String key = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select title_key from recordings where id = :id")
                            .bind("id", TALK)
                            .mapTo(String.class)
                            .one());
            assertThat(key).isEqualTo(Words.fold("Élodie spricht"));
            database.jdbi().useHandle(handle -> RecordingStore.words(handle, TALK));
            assertThat(words(database.jdbi())).isEqualTo(migrated);
        }
    }

    private static Map<String, String> words(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select title, search::text from recordings union all select title, search::text from sessions")
                .setMapKeyColumn("title")
                .setMapValueColumn("search")
                .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, String>>() {}));
    }

    @Test
    void whatNobodyWasHostOfIsTheFirstOperatorsWhoComesAfterTheUpgrade() throws Exception {
        schema("7");
        jdbi.useHandle(OlderVersionTest::sessionsWithoutAccounts);
        try (Database database = Database.open(address, 2)) {
            var people = new TestPeople(database.jdbi(), Instant::now);
            var member = people.somebody(ORGANISATION, "Member", Role.ADMIN);
            assertThat(seen(database, member)).isEmpty();
            var operator = people.operator(ORGANISATION, "Operator");
            assertThat(seen(database, operator)).containsExactly(SECOND, TALK);
            var second = people.operator(ORGANISATION, "Second");
            assertThat(seen(database, second)).isEmpty();
            assertThat(seen(database, member)).isEmpty();
        }
    }

    @Test
    void whatNobodyWasHostOfIsTheOperatorsWhoWasThereBeforeTheUpgrade() throws Exception {
        schema("10");
        jdbi.useHandle(handle -> {
            handle.execute("insert into sessions (id, invitation, organisation, title, title_key, search, created_at)"
                    + " values ('019aa0a0-0000-7000-8000-0000000000bb', 'link', '" + ORGANISATION
                    + "', 'Old', 'old', '', now())");
            handle.execute(
                    "insert into recordings (id, organisation, session, title, title_key, search, state,"
                            + " created_at) values (?, ?, '019aa0a0-0000-7000-8000-0000000000bb', 'Talk', 'talk', '',"
                            + " 'ready', now())",
                    TALK,
                    ORGANISATION);
        });
        var operator = new TestPeople(jdbi, Instant::now).operator(ORGANISATION, "Operator");
        try (Database database = Database.open(address, 2)) {
            assertThat(seen(database, operator)).containsExactly(TALK);
        }
    }

    @Test
    void REN_9_filesFromBeforeLayoutsCouldBeChosenHaveTheUsualOneAndOthersComeBesideThem() throws Exception {
        UUID session = UUID.fromString("019aa0a0-0000-7000-8000-0000000000bb");
        UUID film = UUID.fromString("019aa0a0-0000-7000-8000-0000000000aa");
        schema("23");
        jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into sessions (id, invitation, organisation, title, title_key, search, created_at)"
                            + " values (?, 'link', ?, 'Old', 'old', '', now())",
                    session,
                    ORGANISATION);
            handle.execute(
                    "insert into recordings (id, organisation, session, title, title_key, search, state, created_at)"
                            + " values (?, ?, ?, 'Talk', 'talk', '', 'ready', now())",
                    TALK,
                    ORGANISATION,
                    session);
            handle.execute(
                    "insert into renditions (id, recording, kind, format, name, content_type, state, created_at)"
                            + " values (?, ?, 'composite', 'mp4', 'Talk.mp4', 'video/mp4', 'queued', now())",
                    film,
                    TALK);
        });
        try (Database database = Database.open(address, 2)) {
            var renditions = new RenditionStore(database.jdbi());
            assertThat(renditions.of(TALK).getFirst().isMain()).isTrue();
            assertThat(create(renditions, null)).as("the one that is there").isEqualTo(film);
            var grid = new ChosenLayout("grid", "{\"version\": 1}", null);
            UUID other = create(renditions, grid);
            assertThat(create(renditions, new ChosenLayout("Other name", grid.form(), "Asia/Tokyo")))
                    .as("what looks the same is the same")
                    .isEqualTo(other);
            assertThat(create(renditions, new ChosenLayout("speaker", "{\"version\": 2}", null)))
                    .isNotIn(film, other);
            assertThat(renditions.of(TALK)).extracting(Rendition::layout).startsWith(null, grid);
        }
    }

    private static UUID create(RenditionStore renditions, @Nullable ChosenLayout layout) {
        return renditions.create(
                UUID.randomUUID(), TALK, Rendition.Kind.COMPOSITE, RenditionFormat.MP4, null, layout, "Talk.mp4", THEN);
    }

    private static List<UUID> seen(Database database, TestPeople.Somebody somebody) {
        return new RecordingList(database.jdbi())
                .page(
                        somebody.caller(),
                        new Page.Asked(Optional.empty(), Optional.empty(), Optional.empty(), 10),
                        null,
                        null)
                .ids();
    }
}
