package org.everytake.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/** Reads one description, line by line. Used once, by one thread. */
final class SdpParser {
    private final String sdp;
    private int at;
    private int lineNumber;

    private @Nullable Origin origin;
    private String name = "-";
    private final List<SdpLine> sessionLines = new ArrayList<>();
    private final List<SdpAttribute> sessionAttributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();

    /** The {@code m=} line of the section being read, null before the first. */
    private @Nullable MediaDescription head;

    private List<SdpLine> lines = sessionLines;
    private List<SdpAttribute> attributes = sessionAttributes;

    SdpParser(String sdp) {
        this.sdp = sdp;
    }

    SessionDescription parse() throws Malformed {
        for (String line = firstLine(); line != null; line = nextLine()) {
            check(line);
            if ((lineNumber == 1) != line.startsWith("v=")) {
                throw malformed("v= must stand in the first line and only there");
            }
            take(line.charAt(0), line.substring(2));
        }
        closeSection();
        if (origin == null) {
            throw malformed("no origin");
        }
        return new SessionDescription(origin, name, sessionLines, sessionAttributes, media);
    }

    /** The same without the lines that only whole descriptions have. */
    SdpFragment parseFragment() throws Malformed {
        for (String line = firstLine(); line != null; line = nextLine()) {
            check(line);
            if (line.charAt(0) != 'a' && line.charAt(0) != 'm') {
                throw malformed("a fragment has only a= and m= lines");
            }
            take(line.charAt(0), line.substring(2));
        }
        closeSection();
        if (sessionAttributes.isEmpty() && media.isEmpty()) {
            throw malformed("nothing in it");
        }
        return new SdpFragment(sessionAttributes, media);
    }

    private @Nullable String firstLine() throws Malformed {
        if (sdp.length() > SessionDescription.MAX_LENGTH) {
            throw new Malformed("SDP", 0, "longer than " + SessionDescription.MAX_LENGTH);
        }
        return nextLine();
    }

    private void check(String line) throws Malformed {
        if (line.length() > SessionDescription.MAX_LINE_LENGTH) {
            throw malformed("line longer than " + SessionDescription.MAX_LINE_LENGTH);
        }
        if (line.length() < 2 || line.charAt(1) != '=' || line.charAt(0) < 'a' || line.charAt(0) > 'z') {
            throw malformed("not a letter and '='");
        }
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            throw malformed("control character");
        }
    }

    private void take(char type, String value) throws Malformed {
        switch (type) {
            case 'v' -> {
                if (!value.equals("0")) {
                    throw malformed("version is not 0");
                }
            }
            case 'm' -> openSection(value);
            case 'a' -> {
                if (attributes.size() == SessionDescription.MAX_ATTRIBUTES_PER_SECTION) {
                    throw malformed("more than " + SessionDescription.MAX_ATTRIBUTES_PER_SECTION + " attributes");
                }
                attributes.add(attribute(value));
            }
            case 'o' -> {
                if (origin != null || head != null) {
                    throw malformed("a second origin");
                }
                origin = Origin.parse(new Text("origin", value, lineNumber));
            }
            case 's' -> name = value.isBlank() ? "-" : value;
            case 't' -> {
                // A conversation has no appointed time: always printed as 0 0.
            }
            default -> {
                if (lines.size() == SessionDescription.MAX_ATTRIBUTES_PER_SECTION) {
                    throw malformed("too many lines");
                }
                lines.add(new SdpLine(type, value));
            }
        }
    }

    private void openSection(String value) throws Malformed {
        closeSection();
        if (media.size() == SessionDescription.MAX_MEDIA) {
            throw malformed("more than " + SessionDescription.MAX_MEDIA + " media");
        }
        Text text = new Text("media", value, lineNumber);
        String kind = text.until(' ');
        Text port = text.part(' ');
        // "49170/2" asks for several ports, which nobody does under ICE: the first counts.
        int number = port.contains('/') ? port.integer('/', 0, 65535) : port.integer(0, 65535);
        String protocol = text.until(' ');
        List<String> formats = List.of(text.rest().strip().split(" +", -1));
        lines = new ArrayList<>();
        attributes = new ArrayList<>();
        head = new MediaDescription(kind, number, protocol, formats, List.of(), List.of());
    }

    private void closeSection() {
        if (head != null) {
            media.add(
                    new MediaDescription(head.kind(), head.port(), head.protocol(), head.formats(), lines, attributes));
        }
    }

    private SdpAttribute attribute(String line) throws Malformed {
        RawAttribute raw = RawAttribute.parse(line);
        String value = raw.value();
        if (value == null) {
            MediaDirection direction = MediaDirection.named(line);
            return direction == null ? raw : direction;
        }
        Text text = new Text(raw.key(), value, lineNumber);
        return switch (raw.key()) {
            case RtpMap.NAME -> RtpMap.parse(text);
            case Fmtp.NAME -> Fmtp.parse(text);
            case RtcpFeedback.NAME -> RtcpFeedback.parse(text);
            case ExtMap.NAME -> ExtMap.parse(text);
            case IceCandidate.NAME -> IceCandidate.parse(text);
            case Fingerprint.NAME -> Fingerprint.parse(text);
            case SsrcAttribute.NAME -> SsrcAttribute.parse(text);
            case SsrcGroup.NAME -> SsrcGroup.parse(text);
            case Msid.NAME -> Msid.parse(text);
            case Group.NAME -> Group.parse(text);
            case Rid.NAME -> Rid.parse(text);
            case Simulcast.NAME -> Simulcast.parse(text);
            case Setup.NAME -> {
                Setup setup = Setup.named(value);
                yield setup == null ? raw : setup;
            }
            default -> raw;
        };
    }

    private @Nullable String nextLine() {
        if (at >= sdp.length()) {
            return null;
        }
        int end = sdp.indexOf('\n', at);
        String line = end < 0 ? sdp.substring(at) : sdp.substring(at, end);
        at = end < 0 ? sdp.length() : end + 1;
        lineNumber++;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private Malformed malformed(String why) {
        return new Malformed("SDP", lineNumber, why);
    }
}
