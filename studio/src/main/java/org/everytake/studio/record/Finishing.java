package org.everytake.studio.record;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionMaker;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.library.TakeStore;
import org.everytake.studio.library.retention.RetentionStore;
import org.everytake.tape.spool.SealedSegment;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Turns a recording whose tape is whole into one whose renditions are being made: facts, renditions and their jobs in
 * one transaction, so that either all of it happened or none. Doing it twice equals once. Any thread.
 */
public final class Finishing {
    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final FilmStore films;
    private final TakeStore takes;
    private final SegmentStore segments;
    private final RenditionStore renditions;
    private final RenditionMaker maker;
    private final @Nullable RawFormat raw;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /** @param raw what archive is made of each recording; null for none */
    public Finishing(
            Jdbi jdbi,
            RecordingStore recordings,
            TakeStore takes,
            SegmentStore segments,
            RenditionStore renditions,
            RenditionMaker maker,
            @Nullable RawFormat raw,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.recordings = recordings;
        this.films = new FilmStore(jdbi);
        this.takes = takes;
        this.segments = segments;
        this.renditions = renditions;
        this.maker = maker;
        this.raw = raw;
        this.ids = ids;
        this.clock = clock;
    }

    Recording finish(UUID id, TapeFacts facts, List<SealedSegment> sealed) {
        return jdbi.inTransaction(ignored -> {
            Recording recording = recordings.find(id).orElseThrow();
            if (recording.state() != RecordingState.STOPPING) {
                return recording;
            }
            facts.people().forEach((person, name) -> takes.person(id, person, name));
            facts.takes().forEach(take -> takes.put(id, take));
            long sizeBytes = 0;
            for (SealedSegment segment : sealed) {
                segments.sealed(id, segment.name(), segment.sizeBytes(), clock.instant());
                sizeBytes += segment.sizeBytes();
            }
            recordings.grew(id, facts.endMillis(), Math.max(sizeBytes, recording.sizeBytes()));
            if (holdsNothing(facts.takes())) {
                return recordings.failed(id, "Nothing was recorded: no sound and no picture arrived.");
            }
            Recording processing = recordings.processing(id, facts.endMillis());
            // Its row is locked by now: a title that is changed later changes the names.
            boolean filmed = films.isWanted(id);
            WantedFile.of(processing.title(), processing.mode(), facts, raw).stream()
                    // one that nobody wants to watch is asked for on first view, or before the tape ends
                    .filter(file -> filmed || file.kind() != Rendition.Kind.COMPOSITE)
                    .forEach(file -> rendition(id, file));
            return processing;
        });
    }

    /** Asks for those files of a recording that is ready which have never been asked for. */
    public void complete(Recording recording) {
        UUID id = recording.id();
        Map<String, String> people = new LinkedHashMap<>();
        takes.people(id).forEach(person -> people.put(person.person(), person.name()));
        var facts = new TapeFacts(people, takes.takes(id), recording.durationMillis() * 1_000_000);
        List<Rendition> there = renditions.of(id);
        List<WantedFile> lacking = WantedFile.of(recording.title(), recording.mode(), facts, raw).stream()
                .filter(file -> there.stream().noneMatch(file::is))
                .toList();
        if (lacking.isEmpty()) {
            return;
        }
        jdbi.useTransaction(handle -> {
            recordings.lock(handle, id);
            if (RetentionStore.tapeErased(handle, id).isPresent()) {
                return;
            }
            recordings.processing(id, recording.durationMillis());
            lacking.forEach(file -> rendition(id, file));
        });
    }

    private static boolean holdsNothing(List<TakeFacts> takes) {
        return takes.stream().allMatch(take -> take.packets() == 0);
    }

    private void rendition(UUID recording, WantedFile file) {
        UUID rendition = renditions.create(
                ids.get(), recording, file.kind(), file.format(), file.person(), file.name(), clock.instant());
        maker.make(rendition);
    }
}
