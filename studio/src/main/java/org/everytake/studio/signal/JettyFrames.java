package org.everytake.studio.signal;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to one WebSocket from a queue, so that neither a call's loop nor another client's thread ever waits for this
 * client. A client that leaves {@value #PENDING} frames unread loses its socket, and may come back with its pass.
 *
 * <p>The queue is shared; everything behind it belongs to one virtual thread.
 */
final class JettyFrames implements Frames {
    static final int PENDING = 512;

    private static final Logger LOG = LoggerFactory.getLogger(JettyFrames.class);

    private sealed interface Frame {
        record Text(String text) implements Frame {}

        record Ping() implements Frame {}

        record Close(int code, String reason) implements Frame {}
    }

    private final Session session;
    private final ArrayBlockingQueue<Frame> queue = new ArrayBlockingQueue<>(PENDING);

    JettyFrames(Session session) {
        this.session = session;
    }

    void start() {
        Thread.ofVirtual().name("room-socket").start(this::run);
    }

    @Override
    public void send(String text) {
        offer(new Frame.Text(text));
    }

    @Override
    public void ping() {
        offer(new Frame.Ping());
    }

    @Override
    public void close(int code, String reason) {
        offer(new Frame.Close(code, reason));
    }

    /** The socket is gone: whatever still waits is dropped and the thread ends. */
    void closed() {
        queue.clear();
        offer(new Frame.Close(0, ""));
    }

    private void offer(Frame frame) {
        if (!queue.offer(frame)) {
            session.disconnect();
        }
    }

    private void run() {
        try {
            while (write(queue.take())) {
                // the next frame
            }
        } catch (InterruptedException e) {
            session.disconnect();
        } catch (CompletionException e) {
            LOG.debug("A room's socket could not be written", e);
            session.disconnect();
        }
    }

    private boolean write(Frame frame) {
        if (!session.isOpen()) {
            return false;
        }
        Callback.Completable done = new Callback.Completable();
        boolean more = true;
        switch (frame) {
            case Frame.Text text -> session.sendText(text.text(), done);
            case Frame.Ping ping -> session.sendPing(ByteBuffer.allocate(0), done);
            case Frame.Close close -> {
                session.close(close.code(), close.reason(), done);
                more = false;
            }
        }
        done.join();
        return more;
    }
}
