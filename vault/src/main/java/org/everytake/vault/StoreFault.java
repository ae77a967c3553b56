package org.everytake.vault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A store could not do what it was asked. The message is a sentence for whoever runs the program: what happened, why, and
 * what to do. It never holds a secret.
 */
public final class StoreFault extends IOException {
    private static final long serialVersionUID = 1;

    /** Why, for what must decide upon it. */
    public enum Reason {
        /** The access key is unknown there, or the secret is not its own. */
        WRONG_CREDENTIALS,
        /** The access key may not do this. */
        ACCESS_DENIED,
        NO_SUCH_BUCKET,
        /** The bucket lies in another region than the one that was set. */
        OTHER_REGION,
        /** This machine's clock differs too much from the store's. */
        WRONG_CLOCK,
        /** The store's certificate is by nobody this machine trusts, is outdated, or is for another name. */
        CERTIFICATE_NOT_TRUSTED,
        /** There is no room left, or a quota is used up. */
        FULL,
        /** No answer: no such host, nobody listening, the connection broke, or took too long. */
        UNREACHABLE,
        /** Another object has been put in place of the one that was being read. */
        REPLACED,
        /** What lies there, or came from there, is not what was to be. */
        DAMAGED,
        /** Anything else; the message says what the store said. */
        OTHER
    }

    private final Reason reason;

    public StoreFault(Reason reason, String message) {
        this(reason, message, null);
    }

    public StoreFault(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether it lies with the store as such, so that whatever else it is asked fails as well until that is mended. */
    public boolean isOfWholeStore() {
        return switch (reason) {
            case WRONG_CREDENTIALS,
                    ACCESS_DENIED,
                    NO_SUCH_BUCKET,
                    OTHER_REGION,
                    WRONG_CLOCK,
                    CERTIFICATE_NOT_TRUSTED,
                    FULL,
                    UNREACHABLE -> true;
            case REPLACED, DAMAGED, OTHER -> false;
        };
    }
}
