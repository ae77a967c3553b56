package org.everytake.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A key as it lies in its file, wrapped by the master key with AES-256-GCM. The file's name is authenticated, so that a
 * key cannot be passed off as another recording's.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     magic: "EVKY" 4556 4b59                   |  0
 * +-------------------------------+-------------------------------+
 * |          version: 1           |             zero              |  4
 * +-------------------------------+-------------------------------+
 * |                id of the master key: 8 bytes                  |  8
 * +---------------------------------------------------------------+
 * |                   nonce: 12 bytes, random                     |  16
 * +---------------------------------------------------------------+
 * |           sealed key: 32 bytes, and 16 bytes of tag           |  28
 * +---------------------------------------------------------------+
 * </pre>
 */
final class WrappedKey {
    static final int MAGIC = 0x45564B59;
    static final int VERSION = 1;
    static final int ID_OFFSET = 8;
    static final int ID_BYTES = 8;
    static final int NONCE_OFFSET = 16;
    static final int NONCE_BYTES = 12;
    static final int BOX_OFFSET = 28;
    static final int TAG_BYTES = 16;
    static final int BYTES = BOX_OFFSET + DataKey.BYTES + TAG_BYTES;

    private WrappedKey() {}

    static byte[] wrap(MasterKey master, String name, DataKey key, RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putInt(MAGIC).putShort((short) VERSION).putShort((short) 0).put(master.id());
        out.put(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, master, name, out.array());
            cipher.doFinal(key.secret(), 0, DataKey.BYTES, out.array(), BOX_OFFSET);
            return out.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to wrap", e);
        }
    }

    static DataKey unwrap(MasterKeys masters, String name, byte[] bytes) throws KeyFault {
        byte[] id = masterId(name, bytes);
        if (id == null) {
            throw new KeyFault("The key " + name + " is damaged.");
        }
        MasterKey master = masters.withId(name, id);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, master, name, bytes);
            return DataKey.of(cipher.doFinal(bytes, BOX_OFFSET, BYTES - BOX_OFFSET));
        } catch (GeneralSecurityException e) {
            throw new KeyFault("The key " + name + " is damaged, or another one under its name.", e);
        }
    }

    /**
     * The id of the master key that wrapped it, or null if this is no wrapped key.
     *
     * @throws KeyFault if a newer program wrote it
     */
    static byte @Nullable [] masterId(String name, byte[] bytes) throws KeyFault {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < ID_OFFSET || in.getInt() != MAGIC) {
            return null;
        }
        int version = in.getShort() & 0xFFFF;
        if (version > VERSION) {
            throw new KeyFault("The key " + name + " was written by a newer program (format " + version
                    + "; this program knows up to " + VERSION + "). Use that program, or a newer one.");
        }
        return bytes.length == BYTES ? Arrays.copyOfRange(bytes, ID_OFFSET, ID_OFFSET + ID_BYTES) : null;
    }

    private static Cipher cipher(int mode, MasterKey master, String name, byte[] bytes)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        GCMParameterSpec spec = new GCMParameterSpec(TAG_BYTES * Byte.SIZE, bytes, NONCE_OFFSET, NONCE_BYTES);
        cipher.init(mode, master.key(), spec);
        cipher.updateAAD(bytes, 0, NONCE_OFFSET);
        cipher.updateAAD(name.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
