package org.everytake.render.mp4;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a film that can be decoded without any other: an HLS media segment (RFC 8216 section 3.3), which is a
 * fragment of an MP4 (ISO/IEC 14496-12 section 8.8) with a run of pictures, then one of sound.
 *
 * @param number from 1
 * @param firstTick of the pictures, the first of which is a key frame
 * @param pictures in the order in which they are shown, which is that of decoding
 * @param firstFrame of the sound, where frame 0 is what an encoder puts first
 * @param sounds AAC frames without headers, 1024 samples each
 */
public record Piece(int number, long firstTick, List<CodedPicture> pictures, long firstFrame, List<byte[]> sounds) {
    static final int VIDEO = 1;
    static final int AUDIO = 2;

    private static final int DATA_OFFSET = 0x1;
    private static final int SAMPLE_DURATION = 0x100;
    private static final int SAMPLE_SIZE = 0x200;
    private static final int SAMPLE_FLAGS = 0x400;
    private static final int BASE_IS_MOOF = 0x2_0000;
    private static final int DEFAULT_DURATION = 0x8;

    /** Depends on no other, and on others (section 8.8.3.1). */
    private static final long KEY = 0x0200_0000L;

    private static final long NO_KEY = 0x0101_0000L;

    public Piece {
        pictures = List.copyOf(pictures);
        sounds = List.copyOf(sounds);
    }

    /** How long it is. */
    public long ticks() {
        return pictures.stream().mapToLong(CodedPicture::ticks).sum();
    }

    /** As it is played. */
    public byte[] bytes() {
        // the index is as long wherever the media lie, so it is made twice: to be measured, and to be right
        int indexBytes = index(0).length;
        BoxWriter out = new BoxWriter().raw(index(indexBytes + 8));
        out.box("mdat", data -> {
            pictures.forEach(picture -> data.raw(picture.bytes()));
            sounds.forEach(data::raw);
        });
        return out.toByteArray();
    }

    private byte[] index(int mediaStart) {
        int pictureBytes =
                pictures.stream().mapToInt(picture -> picture.bytes().length).sum();
        return new BoxWriter()
                .box("moof", moof -> {
                    moof.fullBox("mfhd", 0, 0, box -> box.u32(number));
                    moof.box("traf", track -> {
                        head(track, VIDEO, Movie.TICK, firstTick * Movie.TICK);
                        boolean steady = pictures.stream().allMatch(picture -> picture.ticks() == 1);
                        int durations = steady ? 0 : SAMPLE_DURATION;
                        track.fullBox("trun", 0, DATA_OFFSET | durations | SAMPLE_SIZE | SAMPLE_FLAGS, box -> {
                            box.u32(pictures.size()).u32(mediaStart);
                            pictures.forEach(picture -> {
                                if (!steady) {
                                    box.u32(picture.ticks() * Movie.TICK);
                                }
                                box.u32(picture.bytes().length).u32(picture.key() ? KEY : NO_KEY);
                            });
                        });
                    });
                    moof.box("traf", track -> {
                        head(track, AUDIO, AudioSamples.FRAME_SAMPLES, firstFrame * AudioSamples.FRAME_SAMPLES);
                        track.fullBox("trun", 0, DATA_OFFSET | SAMPLE_SIZE, box -> {
                            box.u32(sounds.size()).u32(mediaStart + pictureBytes);
                            sounds.forEach(sound -> box.u32(sound.length));
                        });
                    });
                })
                .toByteArray();
    }

    private static void head(BoxWriter track, int id, int duration, long time) {
        track.fullBox(
                "tfhd", 0, BASE_IS_MOOF | DEFAULT_DURATION, box -> box.u32(id).u32(duration));
        track.fullBox("tfdt", 1, 0, box -> box.u64(time));
    }

    /** Reads what {@link #bytes} made. */
    public static Piece of(byte[] bytes) throws IOException {
        try {
            return parse(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("A piece of a film is damaged: " + e, e);
        }
    }

    private static Piece parse(ByteBuffer in) throws IOException {
        ByteBuffer moof = required(BoxReader.find(in, "moof"));
        ByteBuffer media = required(BoxReader.find(in, "mdat"));
        int number = required(BoxReader.find(moof, "mfhd")).getInt(4);
        List<CodedPicture> pictures = new ArrayList<>();
        List<byte[]> sounds = new ArrayList<>();
        long firstTick = 0;
        long firstFrame = 0;
        for (ByteBuffer track : tracks(moof)) {
            boolean video = required(BoxReader.find(track, "tfhd")).getInt(4) == VIDEO;
            long time = required(BoxReader.find(track, "tfdt")).getLong(4);
            ByteBuffer run = required(BoxReader.find(track, "trun"));
            boolean durations = (run.getInt(0) & SAMPLE_DURATION) != 0;
            int count = run.position(4).getInt();
            run.getInt(); // the media of the tracks lie back to back
            for (int i = 0; i < count; i++) {
                long ticks = durations ? run.getInt() / Movie.TICK : 1;
                byte[] sample = new byte[run.getInt()];
                media.get(sample);
                if (video) {
                    pictures.add(new CodedPicture(sample, run.getInt() == KEY, ticks));
                } else {
                    sounds.add(sample);
                }
            }
            firstTick = video ? time / Movie.TICK : firstTick;
            firstFrame = video ? firstFrame : time / AudioSamples.FRAME_SAMPLES;
        }
        return new Piece(number, firstTick, pictures, firstFrame, sounds);
    }

    private static List<ByteBuffer> tracks(ByteBuffer moof) {
        List<ByteBuffer> tracks = new ArrayList<>();
        ByteBuffer in = moof.duplicate();
        while (in.remaining() >= 8) {
            int start = in.position();
            int size = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            if (new String(type, StandardCharsets.ISO_8859_1).equals("traf")) {
                tracks.add(in.slice(start + 8, size - 8));
            }
            in.position(start + size);
        }
        return tracks;
    }

    private static ByteBuffer required(@Nullable ByteBuffer box) throws IOException {
        if (box == null) {
            throw new IOException("A piece of a film lacks its index or its media");
        }
        return box;
    }
}
