package org.everytake.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server, and cuts the connection after so many bytes. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong sendable = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong receivable = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean staysAway;
    private volatile boolean away;

    CuttingProxy(int serverPort) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.serverPort = serverPort;
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Once so many more bytes have come from clients, cuts that connection; and from then on any other, if so wanted. */
    void cutAfterSent(long bytes, boolean staysAway) {
        this.staysAway = staysAway;
        sendable.set(bytes);
    }

    /** Once so many more bytes have come from the server, cuts that connection. */
    void cutAfterReceived(long bytes) {
        staysAway = false;
        receivable.set(bytes);
    }

    void comeBack() {
        away = false;
    }

    /** How many bytes clients have sent through it. */
    long sent() {
        return sent.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (away) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                Thread.ofVirtual().start(() -> pass(client, server, sendable, sent));
                Thread.ofVirtual().start(() -> pass(server, client, receivable, new AtomicLong()));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, AtomicLong allowance, AtomicLong passed) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[16 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (allowance.addAndGet(-count) < 0) {
                    allowance.set(Long.MAX_VALUE);
                    away = staysAway;
                    return;
                }
                out.write(buffer, 0, count);
                passed.addAndGet(count);
            }
        } catch (IOException e) {
            return; // the other direction has closed it
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
