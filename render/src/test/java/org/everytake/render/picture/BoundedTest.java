package org.everytake.render.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class BoundedTest {
    @Test
    void whatIsBeyondTheBoundIsRefused() throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        OutputStream bounded = new Bounded(taken, 10);
        bounded.write(new byte[9]);
        bounded.write(1);
        assertThatThrownBy(() -> bounded.write(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> bounded.write(new byte[1], 0, 1)).isInstanceOf(IOException.class);
        assertThat(taken.size()).isEqualTo(10);
    }
}
