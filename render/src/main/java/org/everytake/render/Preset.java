package org.everytake.render;

import org.jspecify.annotations.Nullable;

/**
 * What a rendition is like, apart from who is in it.
 *
 * @param name what it is called in file names, plans and manifests
 * @param framesPerSecond of the picture; where there is none, the grid that the length lies on, so that every rendition
 *     of a recording is equally long
 * @param picture null where there is sound alone
 */
public record Preset(
        String name,
        Container container,
        int framesPerSecond,
        int audioBitsPerSecond,
        @Nullable Picture picture) {

    /** Everybody in a grid: H.264 and AAC mono in an MP4 whose index comes first. */
    public static final Preset COMPOSITE =
            new Preset("composite", Container.MP4, 25, 96_000, new Picture(1280, 720, 23, Layout.GRID));

    /** One person alone, for editors: H.264 and AAC mono in a MOV, from session zero to the end. */
    public static final Preset PARTICIPANT =
            new Preset("participant", Container.MOV, 25, 96_000, new Picture(640, 360, 23, Layout.SOLO));

    /** The sound of everybody who is on the timeline, one person or all: MP3 mono, from session zero to the end. */
    public static final Preset SOUND = new Preset("sound", Container.MP3, 25, 128_000, null);

    public Preset {
        if (framesPerSecond < 1 || 48_000 % framesPerSecond != 0) {
            throw new IllegalArgumentException("A frame must last a whole number of samples: " + framesPerSecond);
        }
        if ((picture == null) != (container == Container.MP3)) {
            throw new IllegalArgumentException("An MP3 has sound alone, and nothing else has: " + container);
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

    /** What the picture is like. */
    public record Picture(int width, int height, int constantRateFactor, Layout layout) {
        public Picture {
            if (width % 2 != 0 || height % 2 != 0 || width < 16 || height < 16) {
                throw new IllegalArgumentException(
                        "The picture must have even sides of at least 16: " + width + "x" + height);
            }
        }

        /** Whether each pane carries the name of its person. */
        public boolean names() {
            return layout == Layout.GRID;
        }
    }

    /** Where people are put on the canvas. */
    public enum Layout {
        /** Everybody who is there, in panes of equal size. */
        GRID,
        /** One person on all of the canvas, there or not: a file for editors, as long as the session. */
        SOLO
    }

    /** The file formats that can be written. */
    public enum Container {
        MP4("mp4", "video/mp4"),
        MOV("mov", "video/quicktime"),
        MP3("mp3", "audio/mpeg");

        private final String extension;
        private final String contentType;

        Container(String extension, String contentType) {
            this.extension = extension;
            this.contentType = contentType;
        }

        public String extension() {
            return extension;
        }

        public String contentType() {
            return contentType;
        }
    }
}
