package org.everytake.call.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.everytake.call.TransportAddress;

/**
 * Finds by which number the system knows a channel, which the JDK keeps to itself: it is the one among the process's own
 * descriptors that is a UDP socket bound to the channel's address.
 */
final class SocketDescriptor {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int SOCK_DGRAM = 2;

    private SocketDescriptor() {}

    /** Empty unless it is certain. */
    static OptionalInt of(DatagramChannel channel) throws IOException {
        TransportAddress wanted = TransportAddress.udp((InetSocketAddress) channel.getLocalAddress());
        List<Integer> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            MemorySegment state = arena.allocate(Libc.state());
            MemorySegment name = arena.allocate(SocketAddresses.BYTES, 8);
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            var addresses = new SocketAddresses();
            for (Path each : descriptors) {
                int descriptor = Integer.parseInt(each.getFileName().toString());
                length.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
                if (Libc.socketType(state, descriptor, value, length) != 0
                        || value.get(ValueLayout.JAVA_INT, 0) != SOCK_DGRAM) {
                    continue;
                }
                length.set(ValueLayout.JAVA_INT, 0, SocketAddresses.BYTES);
                if (Libc.socketName(state, descriptor, name, length) == 0 && wanted.equals(addresses.read(name, 0))) {
                    found.add(descriptor);
                }
            }
        }
        return found.size() == 1 ? OptionalInt.of(found.getFirst()) : OptionalInt.empty();
    }
}
