package org.everytake.studio.main;

import java.util.Objects;

/** The version of this program, as its jar names it. */
final class Version {
    static final String TEXT =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}
