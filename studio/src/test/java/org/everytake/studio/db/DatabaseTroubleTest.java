package org.everytake.studio.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTroubleTest {
    private static final SQLException FULL =
            new SQLException("ERROR: could not extend file \"base/5/2619\": No space left on device", "53100");

    private final DatabaseTrouble trouble = new DatabaseTrouble(null);

    @Test
    void aDiskThatIsFullIsSaidWhoeverMetIt() {
        assertThat(trouble.of(FULL)).get().asString().contains("is full", "Make room on it");
        assertThat(trouble.of(new IllegalStateException("a request", FULL)))
                .get()
                .asString()
                .contains("is full");
        var pool = new SQLTransientConnectionException("database - Connection is not available", FULL);
        assertThat(trouble.of(pool)).get().asString().contains("is full");
    }

    @Test
    void oneThatIsAwayIsSaidToBe(@TempDir Path roomy) {
        for (String state : new String[] {"08001", "08006", "57P01", "57P03", "58030", "53300"}) {
            assertThat(new DatabaseTrouble(roomy).of(new SQLException("away", state)))
                    .as(state)
                    .get()
                    .asString()
                    .contains("does not answer")
                    .doesNotContain("full");
        }
    }

    @Test
    void whatLiesWithTheQuestionIsNone() {
        assertThat(trouble.of(new SQLException("duplicate key", "23505"))).isEmpty();
        assertThat(trouble.of(new SQLException("no state"))).isEmpty();
        assertThat(trouble.of(new IOException("No space left on device"))).isEmpty();
    }
}
