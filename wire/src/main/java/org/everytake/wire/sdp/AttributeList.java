package org.everytake.wire.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What session, fragment and media have in common: attributes in the order of their lines. */
public sealed interface AttributeList permits SessionDescription, SdpFragment, MediaDescription {
    List<SdpAttribute> attributes();

    /** All attributes of a kind, in order. */
    default <T extends SdpAttribute> List<T> all(Class<T> kind) {
        return attributes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The first attribute of a kind, or null. */
    default <T extends SdpAttribute> @Nullable T first(Class<T> kind) {
        for (SdpAttribute attribute : attributes()) {
            if (kind.isInstance(attribute)) {
                return kind.cast(attribute);
            }
        }
        return null;
    }

    /** The value of the first attribute with this name, null if there is none or it is only a name. */
    default @Nullable String value(String name) {
        for (SdpAttribute attribute : attributes()) {
            if (attribute.key().equals(name)) {
                return attribute.value();
            }
        }
        return null;
    }

    /** Whether there is an attribute with this name. */
    default boolean has(String name) {
        return attributes().stream().anyMatch(attribute -> attribute.key().equals(name));
    }
}
