package org.everytake.call;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several datagrams in one input of fuzzing: each with its length in two bytes before it, the last as long as it is. */
public final class Datagrams {
    private Datagrams() {}

    public static List<byte[]> of(byte[] input) {
        List<byte[]> datagrams = new ArrayList<>();
        int at = 0;
        while (at + 2 <= input.length) {
            int length = (input[at] & 0xFF) << 8 | input[at + 1] & 0xFF;
            at += 2;
            int end = Math.min(input.length, at + length);
            datagrams.add(Arrays.copyOfRange(input, at, end));
            at = end;
        }
        return datagrams;
    }

    public static byte[] join(List<byte[]> datagrams) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] datagram : datagrams) {
            out.write(datagram.length >>> 8);
            out.write(datagram.length);
            out.writeBytes(datagram);
        }
        return out.toByteArray();
    }
}
