package org.everytake.studio.main;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Java's compilers what to leave alone, from a file that whoever starts us names. Java has a flag for it, too, but
 * says aloud on every start that it has read it.
 */
final class CompilerDirectives {
    private static final Logger log = LoggerFactory.getLogger(CompilerDirectives.class);
    private static final String FILE = "everytake.compiler-directives";

    private CompilerDirectives() {}

    /** Takes a moment: for a thread that has one. Without the file nothing is told. */
    static void install() {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        try {
            Object said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesAdd",
                            new Object[] {new String[] {file}},
                            new String[] {String[].class.getName()});
            log.debug("{}", said);
        } catch (JMException | RuntimeException e) {
            // It only costs some processor time.
            log.warn("Java's compilers cannot be told what is in {}", file, e);
        }
    }
}
