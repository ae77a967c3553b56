package org.everytake.bench.measure;

/**
 * How a test participant looks and sounds, the same in the browser (which gets these numbers as JSON) and here.
 *
 * <p>The picture is one colour with three things on it, as fractions of width and height:
 *
 * <pre>
 *   +--------------------------------------+
 *   |  [ 16 cells of the clock, upper row ] |   0.08 to 0.16
 *   |  [ 16 cells of the clock, lower row ] |   0.16 to 0.24
 *   |                                       |
 *   |            +-----------+              |   flash: 0.35 to 0.65 across,
 *   |            |   flash   |              |   0.36 to 0.66 down
 *   |            +-----------+              |
 *   |                              name     |
 *   +--------------------------------------+
 * </pre>
 *
 * <p>The sound is a quiet hum and, with each flash, a beep of the participant's own pitch. Pitches differ by multiples
 * of 500 Hz, which {@link Beeps} tells apart entirely.
 *
 * @param hueDegrees the colour, fully saturated
 * @param pitchHz pitch of the beep
 * @param periodSeconds from one flash to the next
 */
public record TestCard(String name, double hueDegrees, double pitchHz, double periodSeconds) {

    public static final int WIDTH = 640;
    public static final int HEIGHT = 360;

    /** In a browser: sweeps the phase of any frame grid. */
    public static final double BROWSER_PERIOD_SECONDS = 1.007;

    /** In a clip of 30 frames a second: 31 frames, exact at the source and sweeping a grid of 25. */
    public static final double CLIP_PERIOD_SECONDS = 31.0 / 30;

    public static final double FLASH_SECONDS = 0.1;
    public static final double BEEP_SECONDS = 0.1;
    public static final double RAMP_SECONDS = 0.002;
    public static final double BEEP_AMPLITUDE = 0.4;
    public static final double HUM_AMPLITUDE = 0.03;

    public static final int CLOCK_BITS = 22;
    public static final int CLOCK_COLUMNS = 16;
    public static final double CLOCK_LEFT = 0.05;
    public static final double CLOCK_TOP = 0.08;
    public static final double CLOCK_RIGHT = 0.95;
    public static final double CLOCK_BOTTOM = 0.24;
    public static final double FLASH_LEFT = 0.35;
    public static final double FLASH_TOP = 0.36;
    public static final double FLASH_RIGHT = 0.65;
    public static final double FLASH_BOTTOM = 0.66;

    private static final String[] NAMES = {"Anna", "Ben", "Clara", "David", "Emma", "Felix"};
    private static final double[] HUES = {0, 120, 240, 60, 300, 180};

    /** The card of the nth participant in a browser, from 0. */
    public static TestCard browser(int index) {
        return numbered(index, BROWSER_PERIOD_SECONDS);
    }

    /** The card of the nth participant who plays a clip, from 0. */
    public static TestCard clip(int index) {
        return numbered(index, CLIP_PERIOD_SECONDS);
    }

    /** At most this many can be told apart in one recording. */
    public static int most() {
        return NAMES.length;
    }

    private static TestCard numbered(int index, double periodSeconds) {
        return new TestCard(NAMES[index], HUES[index], 1000 + 500 * index, periodSeconds);
    }

    /** How far another hue is from the colour, in degrees, 0 to 180. */
    public double hueApart(double hue) {
        double apart = Math.abs(hue - hueDegrees) % 360;
        return Math.min(apart, 360 - apart);
    }

    /** The hum's pitch, far below every beep. */
    public double humHz() {
        return 200 + pitchHz / 20;
    }

    /** Where the flash is in a pane that shows the card. */
    public static Region flash(Region pane) {
        return pane.part(FLASH_LEFT, FLASH_TOP, FLASH_RIGHT, FLASH_BOTTOM);
    }

    /** The colour as 0xRRGGBB, bright but inside what video can carry. */
    public int rgb() {
        double sector = hueDegrees / 60;
        double x = 1 - Math.abs(sector % 2 - 1);
        double[] parts = switch ((int) sector) {
            case 0 -> new double[] {1, x, 0};
            case 1 -> new double[] {x, 1, 0};
            case 2 -> new double[] {0, 1, x};
            case 3 -> new double[] {0, x, 1};
            case 4 -> new double[] {x, 0, 1};
            default -> new double[] {1, 0, x};
        };
        int rgb = 0;
        for (double part : parts) {
            rgb = rgb << 8 | (int) Math.round(40 + 160 * part);
        }
        return rgb;
    }
}
