package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Map;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the invitation to the download with Tab and Enter alone; wherever the focus comes it can be seen. */
@ExtendWith(World.Resolver.class)
class KeyboardTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final String PASSWORD = "long enough to be safe";

    /** More than any page here has to press. */
    private static final int MOST_TABS = 150;

    @Test
    void LIB_1_everythingIsReachedWithTabAndTheFocusIsAlwaysSeen(World world) throws IOException, InterruptedException {
        String welcome = world.api()
                .post("members/invitations", null, Map.of("email", "tabea@example.org", "role", "member"))
                .orFail()
                .path("link")
                .asText();
        try (Page page = world.chromium().page(Devices.both(ANNA))) {
            page.navigate(welcome);
            fill(page, "welcome-name", "Tabea");
            fill(page, "welcome-password", PASSWORD);
            page.keyboard().press("Enter");
            signOutAndIn(page);
            makeAndJoin(page);
            record(page);
            renameDeleteAndBringBack(page);
        }
    }

    private static void signOutAndIn(Page page) {
        press(page, testid("person-menu"));
        press(page, testid("sign-out"));
        fill(page, "sign-in-email", "tabea@example.org");
        fill(page, "sign-in-password", PASSWORD);
        page.keyboard().press("Enter");
    }

    private static void makeAndJoin(Page page) {
        press(page, testid("new-session-button"));
        assertThat(page.getByTestId("new-session-title")).isFocused();
        page.keyboard().type("By Tab alone");
        press(page, testid("session-save"));
        assertThat(page.getByTestId("join-name")).hasValue("Tabea");
        press(page, testid("join-button"));
    }

    private static void record(Page page) {
        assertThat(page.getByTestId("record-button")).isEnabled();
        press(page, testid("record-button"));
        assertThat(page.getByTestId("record-name")).isFocused();
        press(page, testid("record-confirm"));
        // What was pressed has become another button, which has the focus now.
        assertThat(page.getByTestId("stop-button")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("stop-confirm")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("stop-button")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("stop-confirm")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("record-button")).isFocused();
        press(page, testid("leave-button"));
        assertThat(page.getByTestId("join-button")).isVisible();
        press(page, "header a[href='/']");
    }

    private static void renameDeleteAndBringBack(Page page) {
        press(page, testid("recording-row"));
        page.locator("[data-testid=recording][data-state=ready]")
                .waitFor(new Locator.WaitForOptions().setTimeout(180_000));
        press(page, testid("rename-button"));
        assertThat(page.getByTestId("rename-field")).isFocused();
        page.keyboard().type("Called by keys");
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("recording-title")).hasText("Called by keys");
        assertThat(page.getByTestId("rename-button")).isFocused();
        reach(page, testid("download-link"));
        press(page, testid("delete-button"));
        assertThat(page.getByTestId("undo-button")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByTestId("recording-title")).hasText("Called by keys");
    }

    private static String testid(String name) {
        return "[data-testid=" + name + "]";
    }

    private static void fill(Page page, String field, String text) {
        reach(page, testid(field));
        page.keyboard().type(text);
    }

    private static void press(Page page, String what) {
        reach(page, what);
        page.keyboard().press("Enter");
    }

    /** Goes on with Tab until it has the focus. */
    private static void reach(Page page, String what) {
        page.locator(what).first().waitFor();
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            if ((Boolean) page.evaluate("(what) => document.activeElement?.matches(what) === true", what)) {
                return;
            }
            page.keyboard().press("Tab");
            assertThat((String) page.evaluate(UNSEEN))
                    .as("what has the focus without showing it")
                    .isEmpty();
        }
        throw new AssertionError("Tab does not come to " + what + " on " + page.url());
    }

    /** What has the focus and does not show it; nothing while the browser itself has it, between end and beginning. */
    private static final String UNSEEN = """
            () => {
              const focused = document.activeElement;
              if (!focused || focused === document.body) return '';
              const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
              const box = focused.getBoundingClientRect();
              const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
              return marked && box.width > 0 && box.height > 0 ? '' : focused.outerHTML.slice(0, 300);
            }""";
}
