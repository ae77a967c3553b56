package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.InstantSource;
import org.everytake.vault.StoreFault.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpExecuteResponse;

class S3ProxyStoreTest extends S3StoreContract {
    @Override
    S3Server server() {
        return S3ProxyServer.get();
    }

    @Test
    void STO_1_aWrongSecretIsNamed() {
        assertWrong(new S3Server(server().endpoint(), server().accessKey(), "another"), "the secret key");
    }

    @Test
    void STO_1_anUnknownAccessKeyIsNamed() {
        assertWrong(new S3Server(server().endpoint(), "nobody", server().secretKey()), "nobody");
    }

    private void assertWrong(S3Server server, String word) {
        try (S3Store wrong = server.open(server.options(bucket, ""))) {
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.put("a", text("a")), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.put("a", Content.of(bytes(7 * MEGABYTE))), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.put("a", Content.of(bytes(9 * MEGABYTE))), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.open("a"), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.size("a"), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.list(""), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.delete("a"), word);
        }
    }

    @Test
    void moreThanAPageIsListed() throws IOException {
        for (int i = 0; i < 1010; i++) {
            String key = PREFIX + "/many/" + i;
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("x"));
        }
        assertThat(store.list("many/"))
                .hasSize(1010)
                .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
    }

    @Test
    void aLargePutThatFailsLeavesWhatWasThere() throws IOException {
        store.put("a", text("first"));
        assertThatThrownBy(() -> store.put("a", FAILING)).hasMessage("the source broke");
        assertThat(read("a")).asString().isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 9 * MEGABYTE})
    void STO_6_theStoreEncryptsWithItsOwnKeys(int size) throws IOException {
        assertThat(putAs(null, S3Encryption.STORE_KEYS, size).serverSideEncryptionAsString())
                .isEqualTo("AES256");
    }

    @Test
    void STO_6_aServerThatDoesNotEncryptIsNotTakenForOneThatDoes() {
        HookedHttp silent = new HookedHttp((request, onward) -> {
            HttpExecuteResponse answer = onward.call();
            return HttpExecuteResponse.builder()
                    .response(answer.httpResponse().toBuilder()
                            .removeHeader("x-amz-server-side-encryption")
                            .build())
                    .responseBody(answer.responseBody().orElse(null))
                    .build();
        });
        S3Options options = server().options(bucket, "", null, S3Encryption.STORE_KEYS);
        try (S3Store asking = S3Store.open(options, InstantSource.system(), silent)) {
            assertFault(Reason.OTHER, () -> asking.put("a", text("a")), "has not encrypted a with AES256");
        }
    }
}
