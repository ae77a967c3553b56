package org.everytake.render;

/**
 * What a rendition is like, apart from who is in it.
 *
 * @param name what it is called in file names, plans and manifests
 * @param layout where people are put
 */
public record Preset(
        String name,
        Container container,
        int width,
        int height,
        int framesPerSecond,
        int audioBitsPerSecond,
        int constantRateFactor,
        Layout layout) {

    /** Everybody in a grid: H.264 and AAC mono in an MP4 whose index comes first. */
    public static final Preset COMPOSITE =
            new Preset("composite", Container.MP4, 1280, 720, 25, 96_000, 23, Layout.GRID);

    /** One person alone, for editors: H.264 and AAC mono in a MOV, from session zero to the end. */
    public static final Preset PARTICIPANT =
            new Preset("participant", Container.MOV, 640, 360, 25, 96_000, 23, Layout.SOLO);

    public Preset {
        if (width % 2 != 0 || height % 2 != 0 || width < 16 || height < 16) {
            throw new IllegalArgumentException(
                    "The picture must have even sides of at least 16: " + width + "x" + height);
        }
        if (framesPerSecond < 1 || 48_000 % framesPerSecond != 0) {
            throw new IllegalArgumentException("A frame must last a whole number of samples: " + framesPerSecond);
        }
    }

    public int samplesPerTick() {
        return 48_000 / framesPerSecond;
    }

    /** Whether each pane carries the name of its person. */
    public boolean names() {
        return layout == Layout.GRID;
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
        MOV("mov", "video/quicktime");

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
