package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.EndMark;
import org.everytake.tape.format.SegmentIndex;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.format.SegmentSeal;
import org.everytake.tape.format.SegmentSeal.Slice;

/**
 * Writes one segment, from its header to its end mark. After any failure nothing more is written to it: whoever holds it
 * abandons it. Owned by the tape thread.
 */
final class SegmentWriter {
    private static final int GATHERED_BYTES = 128 << 10;

    private final Disk disk;
    private final Path folder;
    private final SegmentSeal seal;
    private final SegmentFile file;
    private final MessageDigest sha256;
    private final SegmentIndex index = new SegmentIndex();
    private final long createdNanos;
    private byte[] box = new byte[64 << 10];
    /** What the file is not told yet: a tick has many small batches, and each write costs the system the rest of a page. */
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(GATHERED_BYTES);

    private int batches;
    private long length;
    private long committedLength;
    private boolean failed;

    private SegmentWriter(Disk disk, Path folder, SegmentSeal seal, SegmentFile file, long createdNanos) {
        this.disk = disk;
        this.folder = folder;
        this.seal = seal;
        this.file = file;
        this.sha256 = sha256();
        this.createdNanos = createdNanos;
    }

    /** Makes the file and writes the header. */
    static SegmentWriter create(Disk disk, Path folder, SegmentSeal seal, long createdNanos) throws IOException {
        Path path = folder.resolve(new SegmentName(seal.header().ordinal(), SegmentName.State.OPEN).toString());
        SegmentFile file = disk.create(path);
        SegmentWriter writer = new SegmentWriter(disk, folder, seal, file, createdNanos);
        try {
            byte[] header = seal.header().encode();
            writer.write(header, header.length);
        } catch (IOException e) {
            try {
                writer.abandon().settle();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        return writer;
    }

    int ordinal() {
        return seal.header().ordinal();
    }

    long length() {
        return length;
    }

    long createdNanos() {
        return createdNanos;
    }

    /** Whether anything in it was ever durable. */
    boolean committed() {
        return committedLength > 0;
    }

    void write(int take, int flags, List<Slice> records) throws IOException {
        int need = BatchHeader.BYTES + BatchHeader.TAG_BYTES;
        for (Slice slice : records) {
            need = Math.addExact(need, slice.length());
        }
        if (need - BatchHeader.BYTES > BatchHeader.MAX_LENGTH) {
            throw new IOException("a batch of " + need + " bytes is larger than a batch may be");
        }
        if (box.length < need) {
            box = new byte[Math.max(need, box.length * 2)];
        }
        if (take > 0) {
            index.add(take, length, records);
        }
        int sealed = seal.seal(batches++, take, flags, records, box);
        write(box, sealed);
    }

    /** Makes durable what was written, the file's name included. */
    void commit() throws IOException {
        handOver();
        try {
            file.force();
            if (!committed()) {
                disk.forceFolder(folder);
            }
        } catch (IOException e) {
            failed = true;
            throw e;
        }
        committedLength = length;
    }

    /** Writes the end mark and the index, and gives the file its final name. */
    SealedSegment seal(boolean last) throws IOException {
        int flags = BatchHeader.FLAG_END | (last ? BatchHeader.FLAG_FINAL : 0);
        write(0, flags, List.of(Slice.of(new EndMark(batches + 1).record()), Slice.of(index.record())));
        commit();
        file.close();
        Path sealed = folder.resolve(new SegmentName(ordinal(), SegmentName.State.SEALED).toString());
        disk.rename(path(), sealed);
        disk.forceFolder(folder);
        return new SealedSegment(ordinal(), sealed, length, HexFormat.of().formatHex(sha256.digest()));
    }

    /** After a failure: nothing more is written, and what is durable is to be kept. */
    Abandoned abandon() {
        failed = true;
        return new Abandoned(disk, folder, ordinal(), file, committedLength);
    }

    private Path path() {
        return folder.resolve(new SegmentName(ordinal(), SegmentName.State.OPEN).toString());
    }

    private void write(byte[] bytes, int count) throws IOException {
        if (count > gathered.remaining()) {
            handOver();
        }
        if (count > gathered.remaining()) {
            write(ByteBuffer.wrap(bytes, 0, count));
        } else {
            gathered.put(bytes, 0, count);
        }
        sha256.update(bytes, 0, count);
        length += count;
    }

    private void handOver() throws IOException {
        if (gathered.position() > 0) {
            write(gathered.flip());
            gathered.clear();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (failed) {
            throw new IOException("an earlier write to this segment failed");
        }
        int count = bytes.remaining();
        int written;
        try {
            written = file.write(bytes);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
        if (written != count) {
            failed = true;
            throw new IOException("only " + written + " of " + count + " bytes could be written");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }
}
