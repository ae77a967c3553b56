package org.everytake.call.dtls;

import java.util.Map;
import java.util.logging.Level;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * For the SRTP library: says nothing, and is its own child. The library makes a child for each context, so for each packet of
 * an unknown source, before it knows whether the packet is authentic; and its own loggers never forget that they had one.
 */
final class SilentLogger extends LoggerImpl {
    SilentLogger() {
        super("org.everytake.srtp", Level.OFF);
    }

    @Override
    public Logger createChildLogger(String name) {
        return this;
    }

    @Override
    public Logger createChildLogger(String name, Map<String, String> context) {
        return this;
    }
}
