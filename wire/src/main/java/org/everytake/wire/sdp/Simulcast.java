package org.everytake.wire.sdp;

import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;

/**
 * {@code a=simulcast:send h;m;~l recv x} (RFC 8853, section 5.1).
 *
 * @param send alternatives of each stream sent, as they came ({@code a,~b}); empty if none
 * @param receive alternatives of each stream received; empty if none
 */
public record Simulcast(List<String> send, List<String> receive) implements SdpAttribute {
    static final String NAME = "simulcast";

    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
        if (send.isEmpty() && receive.isEmpty()) {
            throw new IllegalArgumentException("simulcast in no direction");
        }
    }

    static Simulcast parse(Text text) throws Malformed {
        List<String> send = List.of();
        List<String> receive = List.of();
        while (!text.isEmpty()) {
            String direction = text.until(' ');
            List<String> streams = Arrays.asList((text.contains(' ') ? text.until(' ') : text.rest()).split(";", -1));
            if (direction.equals("send") && send.isEmpty()) {
                send = streams;
            } else if (direction.equals("recv") && receive.isEmpty()) {
                receive = streams;
            } else {
                throw text.malformed("directions are send and recv, each at most once");
            }
        }
        if (send.isEmpty() && receive.isEmpty()) {
            throw text.malformed("there is no direction");
        }
        return new Simulcast(send, receive);
    }

    /** The ids of a direction's streams in order: of each the first alternative, whether it begins paused or not. */
    public static List<String> rids(List<String> streams) {
        return streams.stream()
                .map(stream -> stream.split(",", 2)[0])
                .map(rid -> rid.startsWith("~") ? rid.substring(1) : rid)
                .toList();
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        String sent = send.isEmpty() ? "" : "send " + String.join(";", send);
        String received = receive.isEmpty() ? "" : "recv " + String.join(";", receive);
        return sent.isEmpty() || received.isEmpty() ? sent + received : sent + " " + received;
    }
}
