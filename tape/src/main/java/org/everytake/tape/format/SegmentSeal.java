package org.everytake.tape.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;

/**
 * Seals and opens the batches of one segment. The segment's key comes by HKDF-SHA256 (RFC 5869) from the tape key, the
 * segment's random salt, and, as info, recording and ordinal; the batch number is the nonce, and it only rises. Header
 * and recording are authenticated with the box. Owned by one thread.
 */
public final class SegmentSeal {
    public static final String KEY_INFO = "everytake tape segment key 1";
    public static final String CHECK_INFO = "everytake tape segment check 1";
    private static final int NONCE_BYTES = 12;

    /** A piece of plaintext. */
    @SuppressWarnings("ArrayRecordComponent") // only handed on
    public record Slice(byte[] bytes, int offset, int length) {
        public static Slice of(byte[] bytes) {
            return new Slice(bytes, 0, bytes.length);
        }
    }

    private final SegmentHeader header;
    private final SecretKey key;
    private final byte[] recording;
    private final Cipher cipher;
    private int lastSealed = -1;

    private SegmentSeal(SegmentHeader header, SecretKey key) throws GeneralSecurityException {
        this.header = header;
        this.key = key;
        this.recording = header.recording().getBytes(StandardCharsets.US_ASCII);
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** The seal of a new segment. The salt must be fresh randomness: it is what makes the key new. */
    public static SegmentSeal create(TapeKey tapeKey, String recording, int ordinal, byte[] salt) {
        try {
            byte[] check = derive(tapeKey, recording, ordinal, salt, CHECK_INFO, SegmentHeader.KEY_CHECK_BYTES);
            return new SegmentSeal(
                    new SegmentHeader(recording, ordinal, salt.clone(), check),
                    segmentKey(tapeKey, recording, ordinal, salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF or AES-GCM", e);
        }
    }

    /**
     * The seal of a segment that exists.
     *
     * @throws TapeFault if the key is another one
     */
    public static SegmentSeal of(TapeKey tapeKey, SegmentHeader header) throws TapeFault {
        if (!fits(tapeKey, header)) {
            throw new TapeFault("The key does not open segment " + header.ordinal() + " of recording "
                    + header.recording() + ": it is another recording's.");
        }
        return create(tapeKey, header.recording(), header.ordinal(), header.salt());
    }

    /** Whether this key is the one that the segment was sealed with. */
    public static boolean fits(TapeKey tapeKey, SegmentHeader header) {
        SegmentSeal seal = create(tapeKey, header.recording(), header.ordinal(), header.salt());
        return MessageDigest.isEqual(seal.header.keyCheck(), header.keyCheck());
    }

    public SegmentHeader header() {
        return header;
    }

    /**
     * Seals one batch.
     *
     * @param number greater than that of every batch sealed before
     * @param out takes header and box
     * @return bytes written to out, from its start
     */
    public int seal(int number, int take, int flags, List<Slice> plaintext, byte[] out) {
        if (number <= lastSealed) {
            throw new IllegalStateException("batch " + number + " was sealed before: a nonce is used once");
        }
        lastSealed = number;
        int length = BatchHeader.TAG_BYTES;
        for (Slice slice : plaintext) {
            length += slice.length;
        }
        BatchHeader batch = new BatchHeader(number, take, length, flags);
        batch.encode(out, 0);
        try {
            init(Cipher.ENCRYPT_MODE, number, out, 0);
            int at = BatchHeader.BYTES;
            for (Slice slice : plaintext) {
                at += cipher.update(slice.bytes, slice.offset, slice.length, out, at);
            }
            at += cipher.doFinal(out, at);
            return at;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to seal", e);
        }
    }

    /**
     * Opens one batch.
     *
     * @param bytes header and box, at the array's start
     * @throws Damaged if a single bit of either is not as it was sealed
     */
    public byte[] open(BatchHeader batch, byte[] bytes) throws Damaged {
        try {
            init(Cipher.DECRYPT_MODE, batch.number(), bytes, 0);
            byte[] records = new byte[Math.max(0, batch.length() - BatchHeader.TAG_BYTES)];
            int unused = cipher.doFinal(bytes, BatchHeader.BYTES, batch.length(), records, 0);
            return records;
        } catch (AEADBadTagException e) {
            throw new Damaged("batch " + batch.number() + " of take " + batch.take() + " is damaged", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to open", e);
        }
    }

    private void init(int mode, int number, byte[] headerBytes, int offset) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putInt(NONCE_BYTES - Integer.BYTES, number)
                .array();
        cipher.init(mode, key, new GCMParameterSpec(BatchHeader.TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(headerBytes, offset, BatchHeader.BYTES);
        cipher.updateAAD(recording);
    }

    private static SecretKey segmentKey(TapeKey tapeKey, String recording, int ordinal, byte[] salt)
            throws GeneralSecurityException {
        byte[] raw = derive(tapeKey, recording, ordinal, salt, KEY_INFO, TapeKey.BYTES);
        SecretKey key = new javax.crypto.spec.SecretKeySpec(raw, "AES");
        Arrays.fill(raw, (byte) 0);
        return key;
    }

    private static byte[] derive(TapeKey tapeKey, String recording, int ordinal, byte[] salt, String info, int bytes)
            throws GeneralSecurityException {
        String bound = info + "/" + recording + "/" + ordinal;
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(tapeKey.secret())
                        .addSalt(salt)
                        .thenExpand(bound.getBytes(StandardCharsets.US_ASCII), bytes));
    }
}
