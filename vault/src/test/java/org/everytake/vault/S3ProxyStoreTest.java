package org.everytake.vault;

import org.everytake.vault.StoreFault.Reason;
import org.junit.jupiter.api.Test;

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
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.open("a"), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.size("a"), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.list(""), word);
            assertFault(Reason.WRONG_CREDENTIALS, () -> wrong.delete("a"), word);
        }
    }

    @Test
    void STO_6_aServerThatDoesNotEncryptIsNotTakenForOneThatDoes() {
        try (S3Store asking = server().open(server().options(bucket, "", null, S3Encryption.STORE_KEYS))) {
            assertFault(Reason.OTHER, () -> asking.put("a", text("a")));
        }
    }
}
