package org.everytake.studio.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.logstash.logback.encoder.LogstashEncoder;
import org.everytake.studio.config.Settings.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log goes to stderr: plain lines for eyes, JSON for machines, both with the recording it is about. */
final class Logging {
    // Held here, because the JDK forgets loggers that nobody holds, and their levels with them.
    private static final java.util.logging.Logger JITSI = java.util.logging.Logger.getLogger("org.jitsi");

    private Logging() {}

    static void configure(LogFormat format) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        boolean plain = format == LogFormat.PLAIN || (format == LogFormat.AUTO && stderrIsTerminal());
        Encoder<ILoggingEvent> encoder = plain ? plain(context) : json(context);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("org.everytake").setLevel(Level.INFO);
        JITSI.setLevel(java.util.logging.Level.WARNING);
        context.getLogger("http").setLevel(Level.INFO);
    }

    private static Encoder<ILoggingEvent> plain(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%replace( [%X{recording}]){' \\[\\]', ''}%n");
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.setTimeZone("UTC");
        encoder.addIncludeMdcKeyName("recording");
        return encoder;
    }

    private static boolean stderrIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
