package org.everytake.bench.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Fills the database of a throw-away server: as the product would have, only faster. */
final class Shelves {
    private static final String ORGANISATION = "'00000000-0000-7000-8000-000000000001'";

    /** The key of somebody who sees ten of all. */
    static final String MEMBER_KEY = "etk_of-the-member-of-the-throw-away-server";

    private static final List<String> STATEMENTS = List.of("""
            with made as (
                insert into accounts (id, email, name, created_at)
                values (gen_random_uuid(), 'member@example.org', 'Member', now()) returning id),
            joined as (
                insert into memberships (organisation, account, role, created_at)
                select ORGANISATION, id, 'member', now() from made returning account)
            insert into api_keys (id, hash, organisation, account, name, hint, scopes, created_at)
            select gen_random_uuid(), sha256(convert_to('MEMBER_KEY', 'UTF8')), ORGANISATION, account, 'bench', '',
                array['sessions:read', 'recordings:read'], now()
            from joined
            """, """
            insert into sessions (id, organisation, invitation, title, title_key, search, created_at)
            select ('01800000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ORGANISATION, 'invitation' || n,
                'Session ' || n, 'session ' || n, array_to_tsvector(array['session', n::text]),
                timestamptz '2024-01-01Z' + n * interval '1 hour'
            from generate_series(1, RECORDINGS / 10) as n
            """, """
            insert into session_people (session, organisation, email, role)
            select id, organisation, email, role from sessions s, lateral (
                values ('ADMIN', 'host'),
                    ('person' || (hashtext(invitation) & 1023) || '@example.org', 'co-host'),
                    ('person' || (hashtext(title) & 1023) || 'b@example.org', 'invited')) as p (email, role)
            """, """
            insert into session_people (session, organisation, email, role)
            select id, organisation, 'member@example.org', 'host' from sessions
            where invitation = 'invitation1'
            """, """
            insert into recordings (id, organisation, session, title, title_key, search, state, created_at, started_at,
                stopped_at, duration_millis, size_bytes)
            select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ORGANISATION,
                ('01800000-0000-7000-8000-' || lpad(to_hex(1 + n / 10 % (RECORDINGS / 10)), 12, '0'))::uuid,
                title, lower(title), array_to_tsvector(string_to_array(lower(title), ' ') || array[
                    'person' || n % 5000, 'anna', 'ben' || n % 7]),
                case when n % 500 = 0 then 'failed' else 'ready' end, now(), now(), now(),
                (n::bigint * 7919) % 7200000, 1000000
            from (select n, (array['Weekly', 'Review', 'Interview', 'Lecture', 'Planning'])[1 + n % 5] || ' '
                || (array['budget', 'team', 'design'])[1 + n % 3] || ' word' || n % 1000
                || case when n % 10000 = 77 then ' needle' else '' end as title
                from generate_series(1, RECORDINGS) as n) as titled
            """, """
            insert into recording_people (recording, person, name, ordinal)
            select id, 'p' || i, case i when 1 then 'Anna' when 2 then 'Ben' else 'Person' end, i
            from recordings, generate_series(1, 3) as i
            """, """
            insert into renditions (id, recording, kind, format, name, content_type, state, created_at, object, size_bytes,
                duration_millis, sha256, person)
            select gen_random_uuid(), id, kind, 'mp4', 'file', 'video/mp4', 'ready', now(), 'object', 1000, 1000, 'sha', person
            from recordings, (values ('composite', null), ('mix', null), ('participant', 'p1'), ('participant', 'p2'),
                ('participant-sound', 'p1')) as k (kind, person)
            """, """
            insert into recording_viewers (organisation, email, recording, role)
            select p.organisation, p.email, r.id, p.role from session_people p join recordings r on r.session = p.session
            """, "analyze");

    private Shelves() {}

    /** @param data the server's folder */
    static void fill(Path data, int recordings, String admin) throws IOException, SQLException {
        try (Connection connection = open(data.resolve("postgres"));
                Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql.replace("ORGANISATION", ORGANISATION)
                        .replace("RECORDINGS", Integer.toString(recordings))
                        .replace("ADMIN", admin)
                        .replace("MEMBER_KEY", MEMBER_KEY));
            }
        }
    }

    /** The embedded database keeps its port and its password in its folder. */
    private static Connection open(Path postgres) throws IOException, SQLException {
        String password = Files.readString(postgres.resolve("password")).strip();
        Path cluster;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(postgres, "cluster-*")) {
            cluster = folders.iterator().next();
        }
        String port =
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(3).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "everytake", password);
    }
}
