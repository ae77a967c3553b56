package org.everytake.bench.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.everytake.vault.DataKey;
import org.everytake.vault.FolderStore;
import org.everytake.vault.Sealing;
import org.everytake.vault.Vault;

/** Reads ranges in the middle of a sealed object, each as a request does: opened, read, closed. */
final class RangeReads {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int WARM_UP = 20;
    private static final String OBJECT = "object";

    private RangeReads() {}

    /** Median of reading 1 MB, in milliseconds. */
    static double medianMillis(Path folder, long objectBytes, int reads) throws IOException {
        Random random = new Random(1);
        Vault vault = new Vault(FolderStore.open(folder));
        Sealing sealing = Sealing.with(DataKey.of(new byte[DataKey.BYTES]));
        byte[] block = new byte[BLOCK_BYTES];
        random.nextBytes(block);
        vault.put(OBJECT, sealing, out -> {
            for (long left = objectBytes; left > 0; left -= BLOCK_BYTES) {
                out.write(block);
            }
        });
        double[] millis = new double[reads];
        for (int i = -WARM_UP; i < reads; i++) {
            long position = objectBytes / 4 + random.nextLong(objectBytes / 2);
            long from = System.nanoTime();
            read(vault, sealing, position);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[reads / 2];
    }

    private static void read(Vault vault, Sealing sealing, long position) throws IOException {
        ByteBuffer range = ByteBuffer.allocate(BLOCK_BYTES);
        try (SeekableByteChannel channel = vault.open(OBJECT, sealing)) {
            channel.position(position);
            while (range.hasRemaining()) {
                if (channel.read(range) < 0) {
                    throw new IOException("The object ends at " + channel.position());
                }
            }
        }
    }
}
