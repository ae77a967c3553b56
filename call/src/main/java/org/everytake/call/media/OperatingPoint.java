package org.everytake.call.media;

/**
 * How much of a stream with layers within (scalable video coding) is sent: all layers up to a spatial and a temporal one.
 */
record OperatingPoint(int spatial, int temporal) {
    /** Everything, whatever layers come. */
    static final OperatingPoint ALL = new OperatingPoint(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Whether the other one has all that this one has. */
    boolean isWithin(OperatingPoint other) {
        return spatial <= other.spatial && temporal <= other.temporal;
    }
}
