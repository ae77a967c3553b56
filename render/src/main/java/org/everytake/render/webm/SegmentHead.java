package org.everytake.render.webm;

import java.util.List;
import java.util.function.Consumer;
import org.everytake.render.Chapter;

/** What a WebM has before its clusters: where everything lies, what it is, its tracks, and the places to seek to. */
final class SegmentHead {
    /** A tick of every time in the file is a millisecond, which is what players of WebM expect. */
    private static final long TICK_NANOS = 1_000_000;

    /** Opus: a decoder is right 80 ms after it began anywhere (RFC 7845, section 4.6). */
    private static final long OPUS_PRE_ROLL_NANOS = 80_000_000;

    /** SMPTE 170M for primaries, transfer and matrix (ITU-T H.273), which is what cameras in browsers send. */
    private static final int SMPTE_170M = 6;

    private static final int STUDIO_RANGE = 1;
    private static final int OPUS_RATE = 48_000;
    private static final int OPUS_HEAD_CHANNELS = 9;

    private final WebmFilm film;
    private final List<Cluster> clusters;

    SegmentHead(WebmFilm film, List<Cluster> clusters) {
        this.film = film;
        this.clusters = clusters;
    }

    /** Positions have eight bytes each, so that it is as long whatever they are: made once to be measured, once to be right. */
    byte[] bytes() {
        int length = bytes(0, 0, 0, 0, 0).length;
        long cuesAt = (long) length - cues(0).length;
        long chaptersAt = cuesAt - part(this::chapters).length;
        long tracksAt = chaptersAt - part(this::tracks).length;
        long infoAt = tracksAt - part(this::info).length;
        return bytes(infoAt, tracksAt, chaptersAt, cuesAt, length);
    }

    private byte[] bytes(long infoAt, long tracksAt, long chaptersAt, long cuesAt, long clustersAt) {
        EbmlWriter out = new EbmlWriter();
        out.master(Id.SEEK_HEAD, seeks -> {
            seek(seeks, Id.INFO, infoAt);
            seek(seeks, Id.TRACKS, tracksAt);
            if (!film.chapters().isEmpty()) {
                seek(seeks, Id.CHAPTERS, chaptersAt);
            }
            seek(seeks, Id.CUES, cuesAt);
        });
        info(out);
        tracks(out);
        chapters(out);
        byte[] before = out.toByteArray();
        byte[] cues = cues(clustersAt);
        byte[] all = new byte[before.length + cues.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(cues, 0, all, before.length, cues.length);
        return all;
    }

    private static byte[] part(Consumer<EbmlWriter> part) {
        EbmlWriter out = new EbmlWriter();
        part.accept(out);
        return out.toByteArray();
    }

    private static void seek(EbmlWriter seeks, int id, long position) {
        seeks.master(
                Id.SEEK, seek -> seek.unsigned(Id.SEEK_ID, id, 4).unsigned(Id.SEEK_POSITION, position, Long.BYTES));
    }

    private void info(EbmlWriter out) {
        out.master(Id.INFO, info -> {
            info.unsigned(Id.TIMESTAMP_SCALE, TICK_NANOS);
            info.real(Id.DURATION, (double) film.durationNanos() / TICK_NANOS);
            if (!film.title().isBlank()) {
                info.text(Id.TITLE, film.title());
            }
            info.text(Id.MUXING_APP, "Everytake").text(Id.WRITING_APP, "Everytake");
        });
    }

    private void tracks(EbmlWriter out) {
        out.master(Id.TRACKS, tracks -> {
            for (int i = 0; i < film.tracks().size(); i++) {
                track(tracks, film.tracks().get(i), i + 1);
            }
        });
    }

    private static void track(EbmlWriter tracks, WebmTrack track, int number) {
        tracks.master(Id.TRACK_ENTRY, entry -> {
            entry.unsigned(Id.TRACK_NUMBER, number).unsigned(Id.TRACK_UID, number);
            entry.unsigned(Id.TRACK_TYPE, track.type().number()).unsigned(Id.FLAG_LACING, 0);
            entry.text(Id.LANGUAGE, "und").text(Id.CODEC_ID, track.codec());
            if (!track.name().isBlank()) {
                entry.text(Id.NAME, track.name());
            }
            if (track.codecPrivate().length > 0) {
                entry.binary(Id.CODEC_PRIVATE, track.codecPrivate());
            }
            switch (track.type()) {
                case PICTURE -> pictures(entry, track);
                case SOUND -> sound(entry, track);
                case TEXT -> {}
            }
        });
    }

    private static void pictures(EbmlWriter entry, WebmTrack track) {
        if (track.frameNanos() > 0) {
            entry.unsigned(Id.DEFAULT_DURATION, track.frameNanos());
        }
        entry.master(Id.VIDEO, video -> {
            video.unsigned(Id.PIXEL_WIDTH, track.width()).unsigned(Id.PIXEL_HEIGHT, track.height());
            video.master(Id.COLOUR, colour -> {
                colour.unsigned(Id.MATRIX_COEFFICIENTS, SMPTE_170M).unsigned(Id.RANGE, STUDIO_RANGE);
                colour.unsigned(Id.TRANSFER_CHARACTERISTICS, SMPTE_170M).unsigned(Id.PRIMARIES, SMPTE_170M);
            });
        });
    }

    private static void sound(EbmlWriter entry, WebmTrack track) {
        entry.unsigned(Id.CODEC_DELAY, track.delayNanos()).unsigned(Id.SEEK_PRE_ROLL, OPUS_PRE_ROLL_NANOS);
        entry.master(Id.AUDIO, audio -> {
            audio.real(Id.SAMPLING_FREQUENCY, OPUS_RATE);
            audio.unsigned(Id.CHANNELS, track.codecPrivate()[OPUS_HEAD_CHANNELS]);
        });
    }

    /** Each lasts until the next (RFC 9559, section 5.1.7). */
    private void chapters(EbmlWriter out) {
        List<Chapter> all = film.chapters();
        if (all.isEmpty()) {
            return;
        }
        out.master(
                Id.CHAPTERS,
                chapters -> chapters.master(Id.EDITION_ENTRY, edition -> {
                    for (int i = 0; i < all.size(); i++) {
                        long end = i + 1 < all.size() ? all.get(i + 1).nanos() : film.durationNanos();
                        chapter(edition, all.get(i), i + 1, end);
                    }
                }));
    }

    private static void chapter(EbmlWriter edition, Chapter chapter, int number, long endNanos) {
        edition.master(Id.CHAPTER_ATOM, atom -> {
            atom.unsigned(Id.CHAPTER_UID, number);
            atom.unsigned(Id.CHAPTER_TIME_START, chapter.nanos()).unsigned(Id.CHAPTER_TIME_END, endNanos);
            atom.master(
                    Id.CHAPTER_DISPLAY,
                    display -> display.text(Id.CHAP_STRING, chapter.title()).text(Id.CHAP_LANGUAGE, "eng"));
        });
    }

    private byte[] cues(long clustersAt) {
        EbmlWriter out = new EbmlWriter();
        out.master(Id.CUES, cues -> {
            long at = clustersAt;
            for (Cluster cluster : clusters) {
                if (cluster.isSeekable()) {
                    cue(cues, cluster.millis(), at);
                }
                at += cluster.length();
            }
        });
        return out.toByteArray();
    }

    private void cue(EbmlWriter cues, long millis, long at) {
        cues.master(Id.CUE_POINT, point -> {
            point.unsigned(Id.CUE_TIME, millis);
            point.master(
                    Id.CUE_TRACK_POSITIONS,
                    positions -> positions
                            .unsigned(Id.CUE_TRACK, film.seekTrack() + 1)
                            .unsigned(Id.CUE_CLUSTER_POSITION, at, Long.BYTES));
        });
    }
}
