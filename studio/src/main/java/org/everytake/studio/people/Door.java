package org.everytake.studio.people;

import io.javalin.http.Context;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Lets browsers in, once it is known whose they are. Any thread. */
final class Door {
    private final Jdbi jdbi;
    private final BrowserSessions browsers;
    private final Audit audit;

    Door(Jdbi jdbi, BrowserSessions browsers, Audit audit) {
        this.jdbi = jdbi;
        this.browsers = browsers;
        this.audit = audit;
    }

    /** What signing in changed: the secret of the cookie, and who is in now. */
    record In(String secret, Me me) {}

    /** Signs in where the account was last. */
    In enter(Handle handle, UUID account, String by, String address) {
        return entered(handle, account, browsers.begin(handle, account), by, address);
    }

    In enter(Handle handle, UUID account, UUID organisation, String by, String address) {
        return entered(handle, account, browsers.begin(handle, account, organisation), by, address);
    }

    private In entered(Handle handle, UUID account, String secret, String by, String address) {
        UUID organisation = handle.createQuery("select organisation from browser_sessions where hash = :hash")
                .bind("hash", Secret.hash(secret).bytes())
                .mapTo(UUID.class)
                .one();
        Me me = Me.of(handle, account, organisation, "browser");
        var who = new Audit.Who(organisation, account, me.name(), "browser", address);
        audit.note(handle, who, "sign-in", null, by);
        return new In(secret, me);
    }

    /** Answers with who is in. */
    void open(Context context, In in) {
        admit(context, in);
        context.json(in.me());
    }

    /** Gives the cookie; another account that was signed in here no longer is. */
    void admit(Context context, In in) {
        forgetBrowser(context);
        Cookies.give(context, in.secret());
    }

    /** Ends what the browser's present cookie opens. */
    private void forgetBrowser(Context context) {
        String cookie = Cookies.read(context.req());
        if (cookie != null && !cookie.isEmpty()) {
            jdbi.useHandle(handle -> BrowserSessions.end(handle, Secret.hash(cookie)));
        }
    }

    /** The browser in which somebody is signed in, on routes that take no key. */
    static Secret.Hash browser(Caller caller) {
        if (caller.means() instanceof Caller.Browser browser) {
            return browser.session();
        }
        throw new Refused(ErrorId.NOT_ALLOWED, "This is done in a browser only, not with a key.");
    }
}
