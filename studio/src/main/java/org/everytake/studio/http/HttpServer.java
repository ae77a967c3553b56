package org.everytake.studio.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.json.JavalinJackson;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.http.tls.ServerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The HTTP server. Each request has a virtual thread of its own, which may block. */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("http");

    private final Javalin javalin;
    private final HostNames names;
    private final Optional<SslContextFactory.Server> tls;

    private HttpServer(Javalin javalin, HostNames names, Optional<SslContextFactory.Server> tls) {
        this.javalin = javalin;
        this.names = names;
        this.tls = tls;
    }

    /** Opens the doors, without TLS. */
    public static HttpServer start(String host, int port, URI publicAddress, List<Routes> routes, List<Sockets> sockets)
            throws CannotStart {
        return start(Listening.plain(host, port, publicAddress), routes, sockets);
    }

    /**
     * Opens the doors.
     *
     * @param sockets WebSockets that are Jetty's own
     */
    public static HttpServer start(Listening listening, List<Routes> routes, List<Sockets> sockets) throws CannotStart {
        return start(listening, RateLimits.none(), routes, sockets);
    }

    /** Opens the doors, and counts who comes. */
    public static HttpServer start(Listening listening, RateLimits limits, List<Routes> routes, List<Sockets> sockets)
            throws CannotStart {
        return start(listening, limits, routes, sockets, (method, route, status, took) -> {});
    }

    /** Opens the doors, counts who comes, and tells of each request that was answered. */
    public static HttpServer start(
            Listening listening, RateLimits limits, List<Routes> routes, List<Sockets> sockets, RequestWatch watch)
            throws CannotStart {
        Origins origins = new Origins(listening.publicAddress());
        HostNames names = HostNames.of(listening);
        Optional<SslContextFactory.Server> tls = listening.identity().map(TlsConnector::context);
        Javalin javalin = Javalin.create(config -> {
            configure(config, listening, tls, new Entrance(names, limits), origins, routes);
            config.requestLogger.http((context, millis) -> {
                logged(context, millis);
                Duration took = Duration.ofNanos((long) (millis * 1e6));
                watch.answered(context.method().name(), Route.of(context), context.statusCode(), took);
            });
            config.jetty.modifyServletContextHandler(
                    context -> sockets.forEach(socket -> socket.addTo(context, origins::trusts)));
        });
        try {
            javalin.start(listening.host(), listening.port());
        } catch (RuntimeException e) {
            javalin.stop();
            if (isBind(e)) {
                throw new CannotStart(
                        "Port " + listening.port() + " of " + listening.host()
                                + " cannot be listened on: it is in use or not"
                                + " allowed; choose another one with --port.",
                        e);
            }
            throw e;
        }
        return new HttpServer(javalin, names, tls);
    }

    public int port() {
        return javalin.port();
    }

    /** Shows this certificate to whoever comes by TLS from now on. */
    public void show(ServerIdentity identity) {
        tls.ifPresent(context -> TlsConnector.renew(context, identity));
        names.show(identity);
    }

    /** Every route that answers requests. */
    public List<Served> served() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(Served::of)
                .toList();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(
            JavalinConfig config,
            Listening listening,
            Optional<SslContextFactory.Server> tls,
            Entrance entrance,
            Origins origins,
            List<Routes> all) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Json.LIMIT_BYTES;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.jsonMapper(new JavalinJackson(Json.mapper(), true));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.addCustomizer(new TrustedProxies(listening.proxies()));
            // To a browser that was made to take a certificate for which nobody vouches, a promise of better ones would
            // close the way in at the next one.
            http.addCustomizer(new SecurityHeaders(
                    listening.identity().filter(ServerIdentity::selfSigned).isEmpty()));
        });
        tls.ifPresent(context ->
                config.jetty.addConnector((server, http) -> TlsConnector.of(server, http, listening, context)));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(2_000);
            server.setHandler(entrance);
        });
        config.routes.before(context -> before(context, origins));
        all.forEach(routes -> routes.addTo(config.routes));
        new Problems(new Pages()).addTo(config.routes);
    }

    private static void before(Context context, Origins origins) {
        if (context.path().startsWith("/api/")) {
            context.header("Cache-Control", "no-store");
        }
        if (CrossOrigin.isOpen(context.path())) {
            CrossOrigin.allow(context);
        } else if (context.method() != HandlerType.GET && context.method() != HandlerType.HEAD) {
            origins.check(context);
        }
    }

    private static void logged(Context context, Float millis) {
        String recording = context.pathParamMap().get("recording");
        if (recording != null && PathId.parse(recording).isPresent()) {
            MDC.put("recording", recording);
        }
        try {
            log.info(
                    "{} {} {} {} ms for {}",
                    context.method(),
                    Route.of(context),
                    context.statusCode(),
                    Math.round(millis),
                    context.ip());
        } finally {
            MDC.remove("recording");
        }
    }

    private static boolean isBind(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || cause.getClass().getSimpleName().contains("BindException")) {
                return true;
            }
        }
        return false;
    }
}
