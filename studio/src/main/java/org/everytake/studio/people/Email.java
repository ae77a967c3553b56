package org.everytake.studio.people;

import java.util.Locale;
import java.util.regex.Pattern;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Text;
import org.jspecify.annotations.Nullable;

/** E-mail addresses. They are kept and compared in lower case: nobody has two that differ in nothing else. */
public final class Email {
    private static final int MOST = 254; // RFC 5321, section 4.5.3.1.3, without the angle brackets
    private static final Pattern SHAPE =
            Pattern.compile("[^\\s@<>()\\[\\]\\\\,;:\"]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)*");

    private Email() {}

    /** The address in lower case. Whether somebody reads it is not known. */
    public static String check(@Nullable String given) {
        String email = Text.line(given, "An e-mail address", MOST).toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(email).matches()) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "That is no e-mail address.");
        }
        return email;
    }

    /** For looking one up: what nobody can have finds nothing. */
    static String lower(String given) {
        return given.strip().toLowerCase(Locale.ROOT);
    }

    static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }
}
