package org.everytake.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A provider of OpenID Connect as others run one: {@code oidc-provider} from npm, in a process of its own. Whoever comes
 * signs in there with any name and has the address {@code name@example.org}.
 */
final class RealProvider implements AutoCloseable {
    private static final String CLIENT = "everytake";
    private static final String SECRET = "a secret: of \"both\" & ours";

    private final Process process;
    private final BufferedReader said;
    private final String issuer;

    private RealProvider(Process process, BufferedReader said, String issuer) {
        this.process = process;
        this.said = said;
        this.issuer = issuer;
    }

    /** @param server to which it sends browsers back */
    static RealProvider start(URI server, Path log) throws IOException {
        Process process = new ProcessBuilder(
                        "node",
                        "provider.mjs",
                        CLIENT,
                        SECRET,
                        server.resolve("/api/v1/sign-in/oidc/return").toString())
                .directory(Path.of("oidc").toFile())
                .redirectError(log.toFile())
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String issuer = said.readLine();
        if (issuer == null) {
            throw new IOException("The provider did not start; what it said is in " + log);
        }
        return new RealProvider(process, said, issuer);
    }

    /** What the server is told to use it. */
    Map<String, String> settings() {
        return Map.of(
                "EVERYTAKE_OIDC_ISSUER", issuer,
                "EVERYTAKE_OIDC_CLIENT_ID", CLIENT,
                "EVERYTAKE_OIDC_CLIENT_SECRET", SECRET,
                "EVERYTAKE_OIDC_LABEL", "Example House",
                "EVERYTAKE_OIDC_DOMAINS", "example.org");
    }

    String issuer() {
        return issuer;
    }

    /** It ends when nobody speaks to it any more, this program's end among it. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        said.close();
        process.destroy();
    }
}
