package org.everytake.bench.tape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.everytake.vault.DataKey;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;

/** Opens a recording's tape on the spool of a data folder; its server need not run. */
public final class ServerTape {

    private ServerTape() {}

    /** The tape as it lies on the spool now, an open segment included. */
    public static RecordedTape open(Path data, String recording) throws IOException {
        try {
            Keys keys = Keys.open(data.resolve("keys"), masterKey(data), new SecureRandom());
            DataKey key = keys.find(recording, KeyKind.TAPE);
            if (key == null) {
                throw new IOException("There is no key of the tape of " + recording);
            }
            return RecordedTape.read(segments(data.resolve("spool").resolve(recording)), TapeKey.of(key.secret()));
        } catch (KeyFault | TapeFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    private static Path masterKey(Path data) {
        return data.resolve("master.key");
    }

    private static List<SegmentSource> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".tape") || file.toString().endsWith(".open"))
                    .sorted()
                    .map(SegmentSource::of)
                    .toList();
        }
    }
}
