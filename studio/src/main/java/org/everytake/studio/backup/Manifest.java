package org.everytake.studio.backup;

import java.time.Instant;
import java.util.List;

/**
 * What is in a backup.
 *
 * @param format of the backup, {@value #FORMAT} of this program
 * @param program the version that made it
 * @param schema the step of the schema of which the rows are
 * @param made the moment of which they are
 * @param tables in the order in which they are to be read
 */
record Manifest(int format, String program, int schema, Instant made, List<String> tables) {
    static final int FORMAT = 1;

    Manifest {
        tables = List.copyOf(tables);
    }
}
