package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page on which an admin says where recordings are kept. */
@ExtendWith(World.Resolver.class)
class StoreTest {
    @Test
    void STO_1_anAdminTriesABucketAndIsToldWhatFailedAndWhy(World world) throws Exception {
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(
                    world.server().address().resolve("/institution/members").toString());
            page.getByTestId("tab-store").click();
            assertThat(page.getByTestId("store")).containsText("the server’s own folder");
            page.getByTestId("store-test").click();
            assertThat(page.getByTestId("store-refused")).containsText("needed");

            page.getByTestId("store-endpoint").fill("https://s3.invalid");
            page.getByTestId("store-bucket").fill("recordings");
            page.getByTestId("store-access-key").fill("AKIDEXAMPLE");
            page.getByTestId("store-secret-key").fill("the secret of the key");
            page.getByTestId("store-test").click();
            assertThat(page.getByTestId("store-step-write")).containsText("s3.invalid");
            assertThat(page.getByTestId("store-steps")).hasAttribute("data-well", "false");

            // this machine is not to be knocked at, unless the operator allows that
            page.getByTestId("store-endpoint").fill("http://127.0.0.1:9");
            page.getByTestId("store-save").click();
            assertThat(page.getByTestId("store-refused")).containsText("s3-local");
            page.reload();
            assertThat(page.getByTestId("store")).hasAttribute("data-bucket", "");
        }
    }
}
