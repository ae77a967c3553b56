package org.everytake.studio.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.everytake.studio.config.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether somebody has renewed the certificate, and hands on the new one. What cannot be shown is told once in the
 * log, and the old one stays. Used by one thread.
 *
 * <p>Certificate and key are two files, and are written one after the other; so what has changed is taken only when it
 * has been the same at two looks.
 */
public final class CertificateFiles {
    private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);

    private final Path chain;
    private final Path key;
    private final InstantSource clock;
    private final Consumer<ServerIdentity> renewed;
    private ServerIdentity shown;
    private String seen = "";
    private String taken = "";
    private String told = "";

    /**
     * @param shown what was read from the files at start
     * @param renewed is handed what is in them from then on, when it has changed
     */
    public CertificateFiles(
            Path chain, Path key, ServerIdentity shown, InstantSource clock, Consumer<ServerIdentity> renewed) {
        this.chain = chain;
        this.key = key;
        this.shown = shown;
        this.clock = clock;
        this.renewed = renewed;
    }

    /** To be called every few seconds. */
    public void look() {
        String now = state(chain) + state(key);
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(taken)) {
            return;
        }
        try {
            take(ServerIdentity.read(chain, key, clock.instant()));
            taken = now;
            told = "";
        } catch (CannotStart e) {
            // Tried again at each look: it may only begin later.
            if (!e.sentence().equals(told)) {
                told = e.sentence();
                log.warn("The certificate that was there before is still shown: {}", told);
            }
        }
    }

    private void take(ServerIdentity there) {
        if (there.chain().equals(shown.chain()) && there.key().equals(shown.key())) {
            return;
        }
        renewed.accept(there);
        shown = there;
        log.info(
                "The certificate was renewed: it ends at {}, SHA-256 fingerprint {}",
                there.own().getNotAfter().toInstant(),
                there.fingerprint());
    }

    /** Tells one content from another, whatever its file is called, and however it came there. */
    private static String state(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (IOException e) {
            return "unreadable: " + e;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
