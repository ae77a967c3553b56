package org.everytake.vault;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens objects: Tink's streaming AEAD, AES-256-GCM-HKDF with HMAC-SHA256 and frames of 1 MB. The object's name
 * is authenticated, so that one object cannot be put in another's place.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     magic: "EVOB" 45564f42                    |  0
 * +-------------------------------+-------------------------------+
 * |          version: 1           |             zero              |  4
 * +-------------------------------+-------------------------------+
 * |     Tink's header: length 40, salt 32 bytes, prefix 7 bytes   |  8
 * +---------------------------------------------------------------+
 * |     frames: each ends at a multiple of 1 MB, tag included     |  48
 * </pre>
 */
final class ObjectSeal {
    static final int MAGIC = 0x45564F42;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 8;
    static final int FRAME_BYTES = 1 << 20;
    static final int FRAMES_OFFSET = HEADER_BYTES + 40;
    static final int TAG_BYTES = 16;
    /** A channel that again and again gives nothing has no more. */
    private static final int MOST_EMPTY_READS = 100;

    private final AesGcmHkdfStreaming aead;

    ObjectSeal(DataKey key) {
        try {
            aead = new AesGcmHkdfStreaming(key.secret(), "HmacSha256", DataKey.BYTES, FRAME_BYTES, HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES-256-GCM", e);
        }
    }

    /** What is written to the stream goes sealed to {@code out}; closing it writes the last frame and closes out. */
    OutputStream seal(String name, OutputStream out) throws IOException {
        out.write(header());
        try {
            return aead.newEncryptingStream(out, associated(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to seal", e);
        }
    }

    /** What is in a sealed object; closes the sealed one with it, or at once if that is none. */
    SeekableByteChannel open(String name, SeekableByteChannel sealed) throws IOException {
        try {
            requireHeader(name, sealed);
            sealed.position(0);
            return aead.newSeekableDecryptingChannel(sealed, associated(name));
        } catch (GeneralSecurityException e) {
            sealed.close();
            throw new IOException("The object " + name + " cannot be opened.", e);
        } catch (IOException e) {
            sealed.close();
            throw e;
        }
    }

    /** The same from its first byte to its last. */
    InputStream open(String name, InputStream sealed) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(sealed.readNBytes(HEADER_BYTES));
        requireHeader(name, header);
        try {
            return aead.newDecryptingStream(sealed, associated(name));
        } catch (GeneralSecurityException e) {
            throw new IOException("The object " + name + " cannot be opened.", e);
        }
    }

    /**
     * Opens every frame of a sealed object; closes it.
     *
     * @return the frames that are not authentic
     * @throws IOException if it cannot be opened at all
     */
    List<ObjectDamage> check(String name, SeekableByteChannel sealed) throws IOException {
        long size = sealed.size();
        long frames = Math.ceilDiv(size, (long) FRAME_BYTES);
        List<ObjectDamage> damage = new ArrayList<>();
        try (SeekableByteChannel opened = open(name, sealed)) {
            ByteBuffer content = ByteBuffer.allocate(FRAME_BYTES);
            long position = 0;
            for (long frame = 0; frame < frames; frame++) {
                long from = frame == 0 ? FRAMES_OFFSET : frame * FRAME_BYTES;
                long to = Math.min(size, (frame + 1) * FRAME_BYTES);
                content.clear().limit((int) Math.max(0, to - from - TAG_BYTES));
                String wrong = read(opened, position, content);
                if (wrong != null) {
                    damage.add(new ObjectDamage(from, wrong));
                }
                position += content.limit();
            }
        }
        if (frames > 1 && damage.size() == frames) {
            throw new IOException("The object " + name + " cannot be opened: none of its frames is authentic, so it was"
                    + " sealed with another key or under another name, or its header is damaged.");
        }
        return damage;
    }

    /** What is wrong with a frame, or null. */
    private static @Nullable String read(SeekableByteChannel opened, long position, ByteBuffer frame) {
        try {
            opened.position(position);
            for (int empty = 0; frame.hasRemaining(); ) {
                if (opened.read(frame) <= 0 && ++empty > MOST_EMPTY_READS) {
                    return "the frame ends too early";
                }
            }
            return null;
        } catch (IOException e) {
            return e.getCause() instanceof GeneralSecurityException
                    ? "the frame is not authentic"
                    : "the frame cannot be read: " + e.getMessage();
        }
    }

    private static byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putShort((short) VERSION)
                .array();
    }

    private static void requireHeader(String name, SeekableByteChannel sealed) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        sealed.position(0);
        while (header.hasRemaining()) {
            if (sealed.read(header) < 0) {
                break;
            }
        }
        requireHeader(name, header.flip());
    }

    private static void requireHeader(String name, ByteBuffer header) throws IOException {
        if (header.remaining() < HEADER_BYTES) {
            throw new IOException("The object " + name + " ends within its header.");
        }
        int version = header.getShort(4) & 0xFFFF;
        if (header.getInt(0) != MAGIC || version < 1) {
            throw new IOException("The object " + name + " is not a sealed one.");
        }
        if (version > VERSION) {
            throw new IOException("The object " + name + " was written by a newer program (format " + version
                    + "; this program knows up to " + VERSION + "). Use that program, or a newer one.");
        }
    }

    private static byte[] associated(String name) {
        return ("everytake object 1/" + name).getBytes(StandardCharsets.UTF_8);
    }
}
