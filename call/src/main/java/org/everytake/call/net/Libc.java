package org.everytake.call.net;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;

/** The few calls of Linux that the JDK does not offer, by way of its foreign function interface. Any thread. */
final class Libc {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int CLOCK_REALTIME = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle RECVMMSG = call(
            "recvmmsg",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS));
    private static final MethodHandle SENDMMSG = call(
            "sendmmsg",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle GETSOCKNAME = call(
            "getsockname",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    private static final MethodHandle GETSOCKOPT = call(
            "getsockopt",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));

    private static final MethodHandle SETSOCKOPT = call(
            "setsockopt",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle CLOCK_GETTIME = call(
            "clock_gettime", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    /** Of what {@link #timestamps} adds to a message, in the level of sockets. */
    static final int SCM_TIMESTAMPNS = SO_TIMESTAMPNS;

    static final int SCM_LEVEL = SOL_SOCKET;

    private Libc() {}

    /** Whether this is a system whose structures are known here, and it has the calls. */
    static boolean isThere() {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        return System.getProperty("os.name").equals("Linux")
                && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
                && List.of("recvmmsg", "sendmmsg", "getsockname", "getsockopt", "setsockopt", "clock_gettime").stream()
                        .allMatch(name -> library.find(name).isPresent());
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, CAPTURE_ERRNO);
    }

    /** As large as {@link #errno} and the calls need it for their {@code state}. */
    static StructLayout state() {
        return STATE;
    }

    /** Why the last call failed, which was made with that state. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** recvmmsg(2), which does not wait. How many messages came, or -1. */
    static int receive(MemorySegment state, int descriptor, MemorySegment messages, int count) {
        try {
            return (int) RECVMMSG.invokeExact(state, descriptor, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** sendmmsg(2), which does not wait. How many messages went, or -1 if the first one did not. */
    static int send(MemorySegment state, int descriptor, MemorySegment messages, int count) {
        try {
            return (int) SENDMMSG.invokeExact(state, descriptor, messages, count, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** getsockname(2): 0, or -1 for what is not a socket. */
    static int socketName(MemorySegment state, int descriptor, MemorySegment name, MemorySegment length) {
        try {
            return (int) GETSOCKNAME.invokeExact(state, descriptor, name, length);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** getsockopt(2) of SO_TYPE: 0, or -1 for what is not a socket. */
    static int socketType(MemorySegment state, int descriptor, MemorySegment value, MemorySegment length) {
        try {
            return (int) GETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, SO_TYPE, value, length);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /**
     * Has the kernel say of each message when it came, by the clock of {@link #realtime}. False if it does not.
     *
     * @param one an int to work with
     */
    static boolean timestamps(MemorySegment state, int descriptor, MemorySegment one) {
        one.set(ValueLayout.JAVA_INT, 0, 1);
        try {
            return (int) SETSOCKOPT.invokeExact(state, descriptor, SOL_SOCKET, SO_TIMESTAMPNS, one, Integer.BYTES) == 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /**
     * clock_gettime(2): nanoseconds since 1970, by the clock that people set.
     *
     * @param timespec 16 bytes to work with
     */
    static long realtime(MemorySegment state, MemorySegment timespec) {
        try {
            int failed = (int) CLOCK_GETTIME.invokeExact(state, CLOCK_REALTIME, timespec);
            return failed != 0 ? 0 : nanos(timespec, 0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** A struct timespec. */
    static long nanos(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_LONG, at) * NANOS_PER_SECOND + memory.get(ValueLayout.JAVA_LONG, at + 8);
    }

    private static IllegalStateException impossible(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call that throws nothing has thrown", e);
    }
}
