package org.everytake.tape.format;

/**
 * What the END record says.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |            count of batches, this one included                |  0
 * +---------------------------------------------------------------+
 * </pre>
 */
public record EndMark(int batches) {
    public static final int BYTES = 4;

    public byte[] record() {
        return RecordHeader.record(
                RecordHeader.END, 0, 0, 0, new FieldWriter().u32(batches).bytes());
    }

    /** Of the batch's plaintext. */
    public static EndMark decode(byte[] plaintext) throws Damaged {
        RecordHeader.next(plaintext, 0, plaintext.length);
        if (RecordHeader.type(plaintext, 0) != RecordHeader.END) {
            throw new Damaged("the last batch holds no end mark");
        }
        FieldReader in = new FieldReader(plaintext, RecordHeader.BYTES, RecordHeader.length(plaintext, 0));
        return new EndMark((int) in.u32());
    }
}
