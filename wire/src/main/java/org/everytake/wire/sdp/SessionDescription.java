package org.everytake.wire.sdp;

import java.util.Comparator;
import java.util.List;
import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * A session description (RFC 8866). Immutable. Unknown lines and attributes are kept and printed again; what is known
 * must be well formed.
 *
 * @param name what {@code s=} says, {@code -} if nothing
 * @param lines of the session, without {@code v= o= s= t= a=}, in order; those that stand before {@code t=} come first
 */
public record SessionDescription(
        Origin origin, String name, List<SdpLine> lines, List<SdpAttribute> attributes, List<MediaDescription> media)
        implements AttributeList {

    /** The most that {@link #parse} reads, in bytes of UTF-8 or characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    public static final int MAX_LINE_LENGTH = 4096;
    public static final int MAX_MEDIA = 256;
    public static final int MAX_ATTRIBUTES_PER_SECTION = 512;

    /** RFC 8866, section 9: what may stand before {@code t=}. */
    private static final String BEFORE_TIME = "iuepcb";

    public SessionDescription {
        lines = lines.stream()
                .sorted(Comparator.comparing(line -> !isBeforeTime(line)))
                .toList();
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    private static boolean isBeforeTime(SdpLine line) {
        return BEFORE_TIME.indexOf(line.type()) >= 0;
    }

    /**
     * Reads a description with line ends CR LF or LF. Offsets in {@link Malformed} are line numbers, from 1.
     */
    public static SessionDescription parse(String sdp) throws Malformed {
        return new SdpParser(sdp).parse();
    }

    /** The ICE user name fragment of a section, also where only the session says it; null if neither does. */
    public @Nullable String iceUfrag(MediaDescription section) {
        String own = section.value("ice-ufrag");
        return own == null ? value("ice-ufrag") : own;
    }

    /** As {@link #iceUfrag}, the password. */
    public @Nullable String icePwd(MediaDescription section) {
        String own = section.value("ice-pwd");
        return own == null ? value("ice-pwd") : own;
    }

    /** Fingerprints that hold for a section: its own, else the session's. */
    public List<Fingerprint> fingerprints(MediaDescription section) {
        List<Fingerprint> own = section.all(Fingerprint.class);
        return own.isEmpty() ? all(Fingerprint.class) : own;
    }

    /** Who opens DTLS for a section; null if not said. */
    public @Nullable Setup setup(MediaDescription section) {
        Setup own = section.first(Setup.class);
        return own == null ? first(Setup.class) : own;
    }

    public boolean iceLite() {
        return has("ice-lite");
    }

    /** The mids that share a transport; empty if there is no bundle. */
    public List<String> bundle() {
        return all(Group.class).stream()
                .filter(group -> group.semantics().equals(Group.BUNDLE))
                .map(Group::mids)
                .findFirst()
                .orElse(List.of());
    }

    /** The section with a mid, or null. */
    public @Nullable MediaDescription media(String mid) {
        return media.stream()
                .filter(section -> mid.equals(section.mid()))
                .findFirst()
                .orElse(null);
    }

    /** Prints with line ends CR LF. */
    public String print() {
        StringBuilder out = new StringBuilder(1024);
        line(out, "v=0");
        line(out, origin.line());
        line(out, "s=" + name);
        lines.stream().filter(SessionDescription::isBeforeTime).forEach(l -> line(out, l.line()));
        line(out, "t=0 0");
        lines.stream().filter(l -> !isBeforeTime(l)).forEach(l -> line(out, l.line()));
        attributes.forEach(a -> line(out, a.line()));
        media.forEach(section -> section.print(out));
        return out.toString();
    }

    static void line(StringBuilder out, String line) {
        out.append(line).append("\r\n");
    }
}
