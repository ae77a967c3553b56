package org.everytake.vault;

import java.util.regex.Pattern;

/** The rule for names of objects: parts of letters, digits, dots, hyphens and underscores, with slashes between. */
final class ObjectName {
    static final int MAX_LENGTH = 512;

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199})*");
    private static final Pattern PREFIX = Pattern.compile("(" + NAME.pattern() + "/?)?");

    private ObjectName() {}

    /** The name, if it is one: no part is empty or begins with a dot, so none leads out of the store. */
    static String require(String name) {
        if (!is(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not an object's name");
        }
        return name;
    }

    static boolean is(String name) {
        return name.length() <= MAX_LENGTH && NAME.matcher(name).matches();
    }

    /** The prefix, if names can begin with it. */
    static String requirePrefix(String prefix) {
        if (prefix.length() > MAX_LENGTH || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("\"" + prefix + "\" does not begin an object's name");
        }
        return prefix;
    }
}
