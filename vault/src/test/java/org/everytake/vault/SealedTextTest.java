package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedTextTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private final DataKey key = key(1);

    @Test
    void STO_1_whatIsSealedComesBackAndCannotBeSeen() throws IOException {
        byte[] sealed = SealedText.seal(key, "stores/1/secret", SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET.substring(0, 8));
        assertThat(SealedText.open(key, "stores/1/secret", sealed)).isEqualTo(SECRET);
    }

    @Test
    void anotherNameAnotherKeyAndAChangedByteOpenNothing() {
        byte[] sealed = SealedText.seal(key, "stores/1/secret", SECRET);
        assertThatThrownBy(() -> SealedText.open(key, "stores/2/secret", sealed))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SealedText.open(key(2), "stores/1/secret", sealed))
                .isInstanceOf(IOException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            if (i != 6 && i != 7) { // what the header leaves for later
                assertThatThrownBy(() -> SealedText.open(key, "stores/1/secret", changed))
                        .as("byte " + i)
                        .isInstanceOf(IOException.class);
            }
        }
        assertThatThrownBy(() -> SealedText.open(key, "stores/1/secret", Arrays.copyOf(sealed, 5)))
                .isInstanceOf(IOException.class);
    }

    private static DataKey key(int seed) {
        byte[] secret = new byte[DataKey.BYTES];
        new Random(seed).nextBytes(secret);
        return DataKey.of(secret);
    }
}
