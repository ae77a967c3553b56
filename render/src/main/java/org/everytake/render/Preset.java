package org.everytake.render;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.everytake.render.layout.Layout;
import org.jspecify.annotations.Nullable;

/**
 * What a rendition is like, apart from who is in it.
 *
 * @param name what it is called in file names, plans and manifests
 * @param framesPerSecond of the picture; where there is none, the grid that the length lies on, so that every rendition
 *     of a recording is equally long
 * @param channels of the sound: one, or two with who came first in the first, and everybody else in the second
 * @param picture null where there is sound alone
 * @param video how the picture is coded; null where there is none
 */
public record Preset(
        String name,
        Container container,
        int framesPerSecond,
        int audioBitsPerSecond,
        int channels,
        @Nullable Picture picture,
        @Nullable Video video) {
    private static final int USUAL_FRAMES = 25;

    /** As good as x264's {@code veryfast} with its usual 23, by SSIM less 0.005 (decision 0070). */
    private static final int USUAL_QUALITY = 26;

    /** With one channel. */
    public Preset(
            String name,
            Container container,
            int framesPerSecond,
            int audioBitsPerSecond,
            @Nullable Picture picture,
            @Nullable Video video) {
        this(name, container, framesPerSecond, audioBitsPerSecond, 1, picture, video);
    }

    /** Everybody, and what they show beside them: H.264 and AAC mono in an MP4 whose index comes first. */
    public static final Preset COMPOSITE =
            pictures("composite", Container.MP4, 1280, 720, Layout.SCREEN, Video.H264, 96_000);

    /** As {@link #COMPOSITE}, small: at most 1.5 MB a minute. */
    public static final Preset LD =
            pictures("composite-ld", Container.MP4, 640, 480, Layout.SCREEN, Video.atMost(150_000), 32_000);

    /** As {@link #COMPOSITE}, smaller: at most 2.5 MB a minute. */
    public static final Preset SD =
            pictures("composite-sd", Container.MP4, 640, 480, Layout.SCREEN, Video.atMost(250_000), 48_000);

    /** As {@link #COMPOSITE}, in the same size as these: at most 16 MB a minute. */
    public static final Preset HD =
            pictures("composite-hd", Container.MP4, 640, 480, Layout.SCREEN, Video.atMost(1_900_000), 96_000);

    /** As {@link #COMPOSITE}, large. */
    public static final Preset FULL_HD =
            pictures("composite-1080p", Container.MP4, 1920, 1080, Layout.SCREEN, Video.H264, 96_000);

    /** As {@link #COMPOSITE}, with VP8 and Opus in a WebM; the next with VP9, the next with AV1. */
    public static final Preset WEBM_VP8 =
            pictures("webm-vp8", Container.WEBM, 1280, 720, Layout.SCREEN, Video.of(Coding.VP8), 64_000);

    public static final Preset WEBM_VP9 =
            pictures("webm-vp9", Container.WEBM, 1280, 720, Layout.SCREEN, Video.of(Coding.VP9), 64_000);
    public static final Preset WEBM_AV1 =
            pictures("webm-av1", Container.WEBM, 1280, 720, Layout.SCREEN, Video.of(Coding.AV1), 64_000);

    /** As {@link #COMPOSITE}, with who came first on the left, and everybody else on the right. */
    public static final Preset STEREO = COMPOSITE.inStereo("composite-stereo", 128_000);

    /** One person alone, for editors: H.264 and AAC mono in a MOV, from session zero to the end. */
    public static final Preset PARTICIPANT =
            pictures("participant", Container.MOV, 640, 360, Layout.SOLO, Video.H264, 96_000);

    /** The sound of everybody who is on the timeline, one person or all: MP3 mono, from session zero to the end. */
    public static final Preset SOUND = sound("sound", Container.MP3, 128_000);

    /** As {@link #SOUND}, for editors: plain samples. Of each person it is as long, to the sample. */
    public static final Preset WAV = sound("sound-wav", Container.WAV, 768_000);

    /** As {@link #WAV}, with who came first on the left, and everybody else on the right. */
    public static final Preset WAV_STEREO = WAV.inStereo("sound-wav-stereo", 1_536_000);

    /** As {@link #WAV}, packed without loss. */
    public static final Preset FLAC = sound("sound-flac", Container.FLAC, 768_000);

    private static Preset pictures(
            String name,
            Container container,
            int width,
            int height,
            Layout layout,
            Video video,
            int audioBitsPerSecond) {
        Picture picture = new Picture(width, height, USUAL_QUALITY, layout, ZoneOffset.UTC);
        return new Preset(name, container, USUAL_FRAMES, audioBitsPerSecond, picture, video);
    }

    private static Preset sound(String name, Container container, int audioBitsPerSecond) {
        return new Preset(name, container, USUAL_FRAMES, audioBitsPerSecond, null, null);
    }

    private Preset inStereo(String otherName, int bitsPerSecond) {
        return new Preset(otherName, container, framesPerSecond, bitsPerSecond, 2, picture, video);
    }

    public Preset {
        if (channels < 1 || channels > 2 || (channels == 2 && !container.mayBeStereo)) {
            throw new IllegalArgumentException("There are no " + channels + " channels in " + container);
        }
        if (framesPerSecond < 1 || 48_000 % framesPerSecond != 0) {
            throw new IllegalArgumentException("A frame must last a whole number of samples: " + framesPerSecond);
        }
        if ((picture == null) == container.hasPicture || (picture == null) != (video == null)) {
            throw new IllegalArgumentException("Picture and how it is coded do not fit " + container);
        }
        if (video != null && (container == Container.WEBM) == (video.coding == Coding.H264)) {
            throw new IllegalArgumentException("There is no " + video.coding + " in " + container);
        }
    }

    public int samplesPerTick() {
        return 48_000 / framesPerSecond;
    }

    /** Whether there is no picture. */
    public boolean isSoundOnly() {
        return picture == null;
    }

    /** The picture of a preset that has one. */
    public Picture canvas() {
        if (picture == null) {
            throw new IllegalStateException("There is no picture in " + name);
        }
        return picture;
    }

    /** How the picture of a preset that has one is coded. */
    public Video coded() {
        if (video == null) {
            throw new IllegalStateException("There is no picture in " + name);
        }
        return video;
    }

    /**
     * How a picture is coded.
     *
     * @param mostBitsPerSecond what a second may take, but for what a moment's need may take from the seconds before it; 0
     *     where quality alone decides
     */
    public record Video(Coding coding, int mostBitsPerSecond) {
        /** H.264 of the quality that the picture says. */
        public static final Video H264 = of(Coding.H264);

        public Video {
            if (!coding.isPicture()) {
                throw new IllegalArgumentException(coding + " is sound");
            }
        }

        private static Video of(Coding coding) {
            return new Video(coding, 0);
        }

        private static Video atMost(int bitsPerSecond) {
            return new Video(Coding.H264, bitsPerSecond);
        }
    }

    /** The same with another layout, whose heading tells the time of this zone. */
    public Preset with(Layout layout, ZoneId zone) {
        Picture now = canvas();
        return new Preset(
                name,
                container,
                framesPerSecond,
                audioBitsPerSecond,
                channels,
                new Picture(now.width, now.height, now.constantRateFactor, layout, zone),
                video);
    }

    /**
     * What the picture is like.
     *
     * @param zone whose time of day is told, where the layout has it
     */
    public record Picture(int width, int height, int constantRateFactor, Layout layout, ZoneId zone) {
        public Picture {
            if (width % 2 != 0 || height % 2 != 0 || width < 16 || height < 16) {
                throw new IllegalArgumentException(
                        "The picture must have even sides of at least 16: " + width + "x" + height);
            }
        }

        /** Whether each pane carries the name of its person. */
        public boolean names() {
            return layout.names();
        }
    }

    /** The file formats that can be written. */
    public enum Container {
        MP4("mp4", "video/mp4", true, true),
        MOV("mov", "video/quicktime", true, false),
        WEBM("webm", "video/webm", true, false),
        MP3("mp3", "audio/mpeg", false, false),
        WAV("wav", "audio/wav", false, true),
        FLAC("flac", "audio/flac", false, false);

        private final String extension;
        private final String contentType;
        private final boolean hasPicture;
        private final boolean mayBeStereo;

        Container(String extension, String contentType, boolean hasPicture, boolean mayBeStereo) {
            this.extension = extension;
            this.contentType = contentType;
            this.hasPicture = hasPicture;
            this.mayBeStereo = mayBeStereo;
        }

        public String extension() {
            return extension;
        }

        public String contentType() {
            return contentType;
        }
    }
}
