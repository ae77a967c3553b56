package org.everytake.studio.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.studio.http.RequestWatch;
import org.jspecify.annotations.Nullable;

/**
 * Figures for Prometheus. Made when the first request is answered rather than at the start, which must be short. Labels
 * hold patterns, states and folders, never whom or what something is about. Any thread.
 */
public final class Metrics implements RequestWatch, AutoCloseable {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What is counted for its own sake; all other counters are of troubles. */
    private static final Set<Counter> ORDINARY = EnumSet.of(
            Counter.DATAGRAMS_RECEIVED,
            Counter.DATAGRAMS_SENT,
            Counter.TCP_ACCEPTED,
            Counter.PATHS_FOLLOWED,
            Counter.DTLS_COMPLETED,
            Counter.RTP_RECEIVED,
            Counter.RTP_FORWARDED,
            Counter.RTP_REPAIRED,
            Counter.RTP_DUPLICATE,
            Counter.RTP_PADDING_RECEIVED,
            Counter.RTP_PADDING_SENT,
            Counter.RTP_RETRANSMITTED,
            Counter.NACKS_SENT,
            Counter.PACKETS_GIVEN_UP,
            Counter.KEY_FRAMES_REQUESTED);

    private static final Duration[] REQUEST_BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final VitalsReader reader;
    private final String version;
    private final KernelUdp kernel = KernelUdp.ofThisMachine();
    private @Nullable Meters meters;

    public Metrics(VitalsReader reader, String version) {
        this.reader = reader;
        this.version = version;
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder("http.server.requests")
                .description("Requests that were answered, by the pattern of their route")
                .serviceLevelObjectives(REQUEST_BUCKETS)
                // Whoever asks may make up a method, but not a time series.
                .tag("method", METHODS.contains(method) ? method : "other")
                .tag("route", route.startsWith("/") ? route : "other")
                .tag("status", String.valueOf(status))
                .register(meters().registry)
                .record(took);
    }

    /** Measures, and says it in Prometheus' text format. Blocks. */
    String scrape() {
        Meters made = meters();
        made.take(reader.read());
        return made.registry.scrape();
    }

    @Override
    public synchronized void close() {
        if (meters != null) {
            meters.close();
        }
    }

    private synchronized Meters meters() {
        Meters made = meters;
        if (made == null) {
            made = new Meters(reader, kernel, version);
            meters = made;
        }
        return made;
    }

    /** All meters, with the last measurement that they show. */
    private static final class Meters implements AutoCloseable {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final JvmGcMetrics collections = new JvmGcMetrics();
        private final MultiGauge freeBytes;
        private final MultiGauge totalBytes;
        private final MultiGauge reserveBytes;
        private final MultiGauge fullSeconds;
        private final VitalsReader reader;
        private volatile @Nullable Vitals vitals;

        Meters(VitalsReader reader, KernelUdp kernel, String version) {
            this.reader = reader;
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ClassLoaderMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new FileDescriptorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
            collections.bindTo(registry);
            Gauge.builder("everytake.info", () -> 1)
                    .description("The program's version")
                    .tag("version", version)
                    .register(registry);
            call(registry, reader.call().counters());
            FunctionCounter.builder(
                            "everytake.udp.machine.buffer.errors",
                            kernel,
                            udp -> udp.bufferErrors().orElse(0L))
                    .description("Datagrams that any socket of this machine dropped for want of room")
                    .register(registry);
            freeBytes = MultiGauge.builder("everytake.disk.free")
                    .description("Room on a disk of the data")
                    .baseUnit("bytes")
                    .register(registry);
            reserveBytes = MultiGauge.builder("everytake.disk.reserve")
                    .description("Room on a disk that is kept for recordings that run")
                    .baseUnit("bytes")
                    .register(registry);
            fullSeconds = MultiGauge.builder("everytake.disk.full.in")
                    .description("When a disk will be full if it goes on filling as in the last ten minutes")
                    .baseUnit("seconds")
                    .register(registry);
            totalBytes = MultiGauge.builder("everytake.disk.size")
                    .description("Size of a disk of the data")
                    .baseUnit("bytes")
                    .register(registry);
            registry.getPrometheusRegistry()
                    .register((Collector) () -> DelayHistogram.of(reader.call().forwardingDelay()));
            rooms();
            tape();
            network();
            jobs();
            database();
            health();
        }

        void take(Vitals now) {
            vitals = now;
            freeBytes.register(
                    now.disks().stream()
                            .map(disk -> MultiGauge.Row.of(Tags.of("path", disk.path()), disk.freeBytes()))
                            .toList(),
                    true);
            reserveBytes.register(
                    now.disks().stream()
                            .map(disk -> MultiGauge.Row.of(Tags.of("path", disk.path()), disk.reserveBytes()))
                            .toList(),
                    true);
            fullSeconds.register(
                    now.disks().stream()
                            .flatMap(disk -> Optional.ofNullable(disk.fullIn()).stream()
                                    .map(in -> MultiGauge.Row.of(Tags.of("path", disk.path()), in.toSeconds())))
                            .toList(),
                    true);
            totalBytes.register(
                    now.disks().stream()
                            .map(disk -> MultiGauge.Row.of(Tags.of("path", disk.path()), disk.totalBytes()))
                            .toList(),
                    true);
        }

        @Override
        public void close() {
            collections.close();
            registry.close();
        }

        private static void call(MeterRegistry registry, CallCounters counters) {
            for (Counter counter : Counter.values()) {
                String name = counter.name().toLowerCase(Locale.ROOT);
                boolean ordinary = ORDINARY.contains(counter);
                FunctionCounter.builder(
                                ordinary ? "everytake.call." + name.replace('_', '.') : "everytake.call.troubles",
                                counters,
                                all -> all.get(counter))
                        .description(
                                ordinary
                                        ? "Of the call: " + name.replace('_', ' ')
                                        : "Datagrams and descriptions that were refused or failed, by reason")
                        .tags(ordinary ? Tags.empty() : Tags.of("reason", name.replace('_', '-')))
                        .register(registry);
            }
        }

        private void rooms() {
            gauge(
                    "everytake.rooms",
                    "Rooms in which somebody is",
                    null,
                    now -> now.rooms().rooms());
            gauge(
                    "everytake.people",
                    "People in rooms",
                    null,
                    now -> now.rooms().people());
            gauge(
                    "everytake.recordings.running",
                    "Recordings that run",
                    null,
                    now -> now.rooms().recordings());
        }

        private void tape() {
            gauge(
                    "everytake.spool",
                    "Tape on the spool",
                    "bytes",
                    now -> now.spool().sizeBytes());
            counter(
                    "everytake.spool.dropped.packets",
                    "Packets that found no room on their way to the spool",
                    now -> now.spool().droppedPackets());
            gauge(
                    "everytake.backlog.segments",
                    "Segments of tape that the vault does not have yet",
                    null,
                    now -> now.backlog().map(left -> (double) left.segments()).orElse(Double.NaN));
            gauge(
                    "everytake.backlog",
                    "Tape that the vault does not have yet",
                    "bytes",
                    now -> now.backlog().map(left -> (double) left.sizeBytes()).orElse(Double.NaN));
            gauge(
                    "everytake.backlog.oldest",
                    "Age of the oldest tape that the vault does not have yet; 0 when there is none",
                    "seconds",
                    now -> now.backlog().map(left -> seconds(left.oldest())).orElse(Double.NaN));
        }

        private void network() {
            counter(
                    "everytake.udp.dropped.datagrams",
                    "Datagrams to our ports that the kernel dropped, because they were not taken in time",
                    now -> now.network().droppedDatagrams().orElse(0L));
            gauge(
                    "everytake.udp.receive.buffer",
                    "What the kernel allows each port for datagrams that were not taken yet",
                    "bytes",
                    now -> now.network().receiveBufferBytes());
        }

        private void jobs() {
            job("queued", Vitals.Load::queued);
            job("running", Vitals.Load::running);
            job("retrying", Vitals.Load::retrying);
            counter(
                    "everytake.jobs.failed.attempts",
                    "Attempts at jobs that failed",
                    now -> now.jobs().failed());
            counter(
                    "everytake.jobs.given.up",
                    "Jobs that were given up",
                    now -> now.jobs().givenUp());
        }

        private void job(String state, ToDoubleFunction<Vitals.Load> figure) {
            Gauge.builder(
                            "everytake.jobs",
                            this,
                            meters -> meters.read(now ->
                                    now.jobs().load().map(figure::applyAsDouble).orElse(Double.NaN)))
                    .description("Jobs that wait, are under way, or wait after a failure (which are among the first)")
                    .tag("state", state)
                    .register(registry);
        }

        private void database() {
            gauge(
                    "everytake.database.answer",
                    "How long the database took for the simplest question; not a number when it did not answer",
                    "seconds",
                    now -> now.database().answer().map(Meters::seconds).orElse(Double.NaN));
            gauge(
                    "everytake.database.connections",
                    "Connections of the pool",
                    null,
                    now -> now.database().connections());
            gauge(
                    "everytake.database.connections.busy",
                    "Those in use",
                    null,
                    now -> now.database().busyConnections());
            gauge(
                    "everytake.database.connections.max",
                    "How many there may be",
                    null,
                    now -> now.database().mostConnections());
            gauge(
                    "everytake.database.waiting.threads",
                    "Threads that wait for a connection",
                    null,
                    now -> now.database().waitingThreads());
        }

        /** The findings of the health page: 0 is ok, 1 a warning, 2 bad. */
        private void health() {
            health("spool", Examination::spool);
            health("backlog", Examination::backlog);
            health("network", Examination::network);
            health("jobs", Examination::jobs);
            health("database", Examination::database);
            health("clock", Examination::clock);
            health(
                    "disks",
                    found -> found.disks().stream()
                            .reduce((one, other) -> one.state().worse(other.state()) == one.state() ? one : other)
                            .orElseGet(() -> Finding.ok("There is none.")));
        }

        private void health(String part, Function<Examination, Finding> finding) {
            Gauge.builder(
                            "everytake.health",
                            this,
                            meters -> meters.read(now ->
                                    finding.apply(Examination.of(now)).state().ordinal()))
                    .description("What the health page says of a part: 0 ok, 1 warning, 2 bad")
                    .tag("part", part)
                    .register(registry);
        }

        private void gauge(String name, String what, @Nullable String unit, ToDoubleFunction<Vitals> figure) {
            Gauge.builder(name, this, meters -> meters.read(figure))
                    .description(what)
                    .baseUnit(unit)
                    .register(registry);
        }

        private void counter(String name, String what, ToDoubleFunction<Vitals> figure) {
            FunctionCounter.builder(name, this, meters -> meters.read(figure))
                    .description(what)
                    .register(registry);
        }

        private double read(ToDoubleFunction<Vitals> figure) {
            Vitals now = vitals;
            return now == null ? 0 : figure.applyAsDouble(now);
        }

        private static double seconds(@Nullable Duration duration) {
            return duration == null ? 0 : duration.toNanos() / 1e9;
        }
    }
}
