package org.everytake.studio.storage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.everytake.vault.StoreProbe;
import org.jspecify.annotations.Nullable;

/** What the API says of stores. Never a secret. */
final class StoreView {
    private StoreView() {}

    /**
     * How an organisation's recordings are kept.
     *
     * @param store where new ones go; null for the server's own folder
     * @param backlog what its own stores do not have yet
     */
    record Kept(@Nullable Shown store, Backlog backlog, List<TroubleShown> troubles) {}

    record Shown(
            UUID id,
            @Nullable String endpoint,
            String region,
            String bucket,
            String prefix,
            boolean pathStyle,
            String accessKey,
            @Nullable String storageClass,
            String copies,
            @Nullable String kmsKey) {
        static Shown of(OwnStore store) {
            OwnStore.Ways ways = store.ways();
            String endpoint = store.place().endpoint();
            return new Shown(
                    store.id(),
                    endpoint.isEmpty() ? null : endpoint,
                    ways.region(),
                    store.place().bucket(),
                    store.place().prefix(),
                    ways.pathStyle(),
                    store.accessKey(),
                    ways.storageClass(),
                    ways.copies().word(),
                    ways.kmsKey());
        }
    }

    /** What ails the store that is in use, or an earlier one in which recordings lie. */
    record TroubleShown(UUID store, String sentence, Instant since) {}

    record Tested(List<Step> steps) {
        static Tested of(List<StoreProbe.Step> steps) {
            return new Tested(steps.stream()
                    .map(step ->
                            new Step(step.act().name().toLowerCase(Locale.ROOT).replace('_', '-'), step.fault()))
                    .toList());
        }
    }

    /** @param fault a sentence on why it failed; null if it did not */
    record Step(String act, @Nullable String fault) {}
}
