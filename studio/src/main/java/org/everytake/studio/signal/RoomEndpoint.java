package org.everytake.studio.signal;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketCreator;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.everytake.studio.http.Sockets;
import org.everytake.studio.people.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the rooms' WebSocket at {@value #PATH}. Jetty's own interface is used because pongs must be heard: they are how
 * a silent but living client is told from a lost one.
 */
public final class RoomEndpoint implements Sockets {
    static final String PATH = "/api/v1/rooms/{invitation}/socket";

    private static final Logger LOG = LoggerFactory.getLogger(RoomEndpoint.class);
    private static final String SUFFIX = "/socket";

    private final Rooms rooms;
    private final Invited invited;

    public RoomEndpoint(Rooms rooms, Invited invited) {
        this.rooms = rooms;
        this.invited = invited;
    }

    @Override
    public void addTo(ServletContextHandler context, Predicate<HttpServletRequest> trusted) {
        JettyWebSocketServletContainerInitializer.configure(context, (ignored, container) -> {
            container.setMaxTextMessageSize(ClientMessages.FRAME_BYTES);
            container.setMaxBinaryMessageSize(1);
            // Silence is judged by the rooms' own clock; this only ends what they no longer know.
            container.setIdleTimeout(Duration.ofMinutes(5));
            JettyWebSocketCreator creator = (request, response) -> {
                if (!trusted.test(request.getHttpServletRequest())) {
                    response.sendForbidden("Pages of other sites may not do this.");
                    return null;
                }
                // Who comes is asked now: later there is no request any more.
                Optional<Caller> caller = invited.callers().apply(request.getHttpServletRequest());
                return new Connection(
                        rooms, key(request.getHttpServletRequest().getRequestURI()), key -> invited.open(key, caller));
            };
            container.addMapping("uri-template|" + PATH, creator);
        });
    }

    private static String key(String path) {
        int end = path.length() - SUFFIX.length();
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    /** One WebSocket; Jetty calls it from one thread at a time. Public because Jetty looks its methods up. */
    public static final class Connection implements Session.Listener.AutoDemanding {
        private final Rooms rooms;
        private final String key;
        private final Door.Keeper keeper;
        private @Nullable JettyFrames frames;
        private @Nullable RoomSocket socket;

        private Connection(Rooms rooms, String key, Door.Keeper keeper) {
            this.rooms = rooms;
            this.key = key;
            this.keeper = keeper;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            frames = new JettyFrames(opened);
            frames.start();
            socket = rooms.connect(key, keeper, frames);
        }

        @Override
        public void onWebSocketText(String message) {
            if (socket != null) {
                socket.received(message);
            }
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            callback.succeed();
            if (socket != null) {
                socket.receivedBinary();
            }
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            if (socket != null) {
                socket.heard();
            }
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            callback.succeed();
            ended();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            LOG.debug("A room's socket broke", cause);
            ended();
        }

        private void ended() {
            if (socket != null) {
                socket.lost();
            }
            if (frames != null) {
                frames.closed();
            }
        }
    }
}
