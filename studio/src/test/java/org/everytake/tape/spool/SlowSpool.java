package org.everytake.tape.spool;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.TapeFault;

/** A spool on a disk that takes its time over each force. */
public final class SlowSpool {
    private SlowSpool() {}

    public static Spool open(Path folder, SpoolOptions options, SpoolListener listener, Duration answer)
            throws TapeFault {
        Disk disk = new FileDisk();
        Disk slow = (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(disk, arguments);
                        return method.getName().equals("create") ? new SlowFile((SegmentFile) result, answer) : result;
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return TickingSpool.open(new SpoolWorld(options, slow, System::nanoTime, new SecureRandom()), folder, listener);
    }

    private record SlowFile(SegmentFile file, Duration answer) implements SegmentFile {
        @Override
        public int write(java.nio.ByteBuffer bytes) throws IOException {
            return file.write(bytes);
        }

        @Override
        public void force() throws IOException {
            try {
                TimeUnit.NANOSECONDS.sleep(answer.toNanos());
            } catch (InterruptedException e) {
                throw new IOException("somebody interrupted the tape thread", e);
            }
            file.force();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            file.truncate(sizeBytes);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
