package org.everytake.studio.people;

import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Gives accounts other names and addresses, and tells whoever keeps what people are called. Any thread. */
final class Names {
    private volatile BiConsumer<Handle, UUID> listener = (handle, account) -> {};

    /** @param renamed is told in the transaction of the change */
    void tell(BiConsumer<Handle, UUID> renamed) {
        listener = renamed;
    }

    void rename(Handle handle, UUID account, String name) {
        AccountStore.rename(handle, account, name);
        listener.accept(handle, account);
    }

    void readdress(Handle handle, UUID account, String email) {
        AccountStore.readdress(handle, account, email);
        listener.accept(handle, account);
    }
}
