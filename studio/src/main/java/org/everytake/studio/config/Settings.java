package org.everytake.studio.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All settings, read and checked, one small record per concern. */
public record Settings(Web web, Media media, Data data, Database database, Tools tools, LogFormat logFormat) {

    /** Pages and API. A given {@code publicAddress} has no path and ends without a slash. */
    public record Web(String host, int port, Optional<URI> givenAddress) {

        /**
         * How browsers reach the server: as given, else by the host and this port.
         *
         * @param bound the port that is listened on
         */
        public URI publicAddress(int bound) {
            boolean anywhere = host.equals("0.0.0.0") || host.equals("::");
            String name = anywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
            return givenAddress.orElseGet(() -> URI.create("http://" + name + ":" + bound));
        }
    }

    /**
     * Sound and picture. No {@code addresses} means those of the host that is listened on.
     *
     * @param peoplePerRoom beyond which a room is full
     */
    public record Media(String host, int udpPort, List<String> addresses, int peoplePerRoom) {
        public Media {
            addresses = List.copyOf(addresses);
        }
    }

    /** Where everything is kept. */
    public record Data(Path folder) {}

    /** An outside database; where {@code url} is empty, the embedded one is used and the rest does not matter. */
    public record Database(Optional<String> url, String user, String password) {
        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + "]";
        }
    }

    /** Programs that we run. */
    public record Tools(Optional<Path> ffmpeg) {}

    public enum LogFormat {
        AUTO,
        PLAIN,
        JSON
    }
}
