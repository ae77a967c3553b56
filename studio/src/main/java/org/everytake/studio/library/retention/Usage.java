package org.everytake.studio.library.retention;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How much an organisation keeps, in bytes as files have them when they are read: what sealing adds, 28 bytes in 64 kB,
 * is not counted. A segment counts once, whether spool, vault or both have it, and once it is sealed.
 *
 * @param tape segments
 * @param raw RAW archives
 * @param video MP4s and others with a picture, what is told of their quality, and pieces of films as long as there are any
 * @param sound MP3s
 * @param pictures thumbnails, and what goes with films: posters, waveforms and chapters
 */
public record Usage(long tape, long raw, long video, long sound, long pictures) {
    /** What was deleted counts until it is erased. */
    static Usage of(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select
                            (select coalesce(sum(s.size_bytes), 0) from recordings r
                                join segments s on s.recording = r.id and s.gone_at is null
                                where r.organisation = :organisation and r.erased_at is null) as tape,
                            coalesce(sum(f.size_bytes) filter (where f.kind = 'raw'), 0) as raw,
                            (select coalesce(sum(p.size_bytes), 0) from recordings r
                                join film_pieces p on p.recording = r.id
                                where r.organisation = :organisation)
                            + coalesce(sum(f.size_bytes)
                                filter (where f.kind in ('composite', 'participant', 'quality')), 0) as video,
                            coalesce(sum(f.size_bytes) filter (where f.kind in ('mix', 'participant-sound')), 0) as sound,
                            (select coalesce(sum(r.thumbnail_bytes), 0) from recordings r
                                where r.organisation = :organisation)
                            + (select coalesce(sum(c.size_bytes), 0) from recordings r
                                join companions c on c.recording = r.id
                                where r.organisation = :organisation) as pictures
                        from recordings r join renditions f on f.recording = r.id and f.state = 'ready'
                        where r.organisation = :organisation
                        """)
                .bind("organisation", organisation)
                .map((row, context) -> new Usage(
                        row.getLong("tape"),
                        row.getLong("raw"),
                        row.getLong("video"),
                        row.getLong("sound"),
                        row.getLong("pictures")))
                .one();
    }

    public long total() {
        return tape + raw + video + sound + pictures;
    }

    /** How full that is; null where there is no limit. */
    @Nullable
    Double fullness(Plan plan) {
        return plan.sizeBytes() == null ? null : (double) total() / plan.sizeBytes();
    }
}
