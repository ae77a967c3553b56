package org.everytake.studio.whip;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.SdpFragment;
import org.everytake.wire.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * What a POST made and its address stands for until it is deleted: in the RFC's words a WHIP session or a WHEP session.
 * Guarded by its own monitor, so that requests for it are answered one after the other.
 */
final class Connection {
    private static final int LONGEST_SECONDS = 5;

    /** What is behind it in the call. */
    interface Media {
        /** The answer to an offer, the first one or a changed one. */
        CompletableFuture<String> offer(String sdp);

        /** Ends it; twice is the same as once. Never blocks. */
        void end();
    }

    private final UUID id;
    private final Token token;
    private final Right right;
    private final Media media;
    private @Nullable SessionDescription offer;
    private volatile @Nullable SessionDescription answer;
    private volatile boolean ended;

    Connection(UUID id, Token token, Right right, Media media) {
        this.id = id;
        this.token = token;
        this.right = right;
        this.media = media;
    }

    UUID id() {
        return id;
    }

    Token token() {
        return token;
    }

    Right right() {
        return right;
    }

    /** Takes no monitor, so it waits for nothing that is under way. */
    void end() {
        ended = true;
        media.end();
    }

    /** Negotiates for the first time, or anew. */
    synchronized SessionDescription offer(SessionDescription offered) {
        try {
            SessionDescription answered = SessionDescription.parse(asked(media.offer(offered.print())));
            MediaOffer.checkTaken(answered);
            if (ended) {
                // The offer may have come to the call after the end did.
                media.end();
                throw Connections.noSuch();
            }
            offer = offered;
            answer = answered;
            return answered;
        } catch (Malformed e) {
            throw new IllegalStateException("the call's own answer cannot be read", e);
        }
    }

    boolean isNegotiated() {
        return answer != null;
    }

    /** Identifies the present ICE session (RFC 9725, section 4.3.1). */
    synchronized String entityTag() {
        return IceSession.entityTag(negotiated(answer));
    }

    /** What an ICE session is followed by: its entity tag, and our side of it. */
    record Restarted(String entityTag, SdpFragment ours) {}

    /**
     * Takes what trickled in. Candidates are of no use: the server is ICE-lite, and learns addresses from checks.
     *
     * @param condition the value of {@code If-Match}
     * @return null if the fragment begins no new ICE session
     */
    synchronized @Nullable Restarted trickled(String condition, SdpFragment fragment) {
        if (!allows(condition, entityTag())) {
            throw new Refused(ErrorId.CHANGED_MEANWHILE, "The ICE session of this ETag was followed by another.");
        }
        SessionDescription last = negotiated(offer);
        String ufrag = fragment.iceUfrag();
        if (ufrag == null || ufrag.equals(last.iceUfrag(last.media().getFirst()))) {
            return null;
        }
        String password = fragment.icePwd();
        if (password == null) {
            throw new Refused(ErrorId.MALFORMED_SDP, "A fragment that restarts ICE has a password, too.");
        }
        SessionDescription answered = offer(IceSession.restarted(last, ufrag, password));
        return new Restarted(IceSession.entityTag(answered), IceSession.fragment(answered));
    }

    /** The RFC's example has the asterisk in quotes. */
    private static boolean allows(String condition, String tag) {
        return Arrays.stream(condition.split(",", -1))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals("\"*\"") || one.equals(tag));
    }

    private static SessionDescription negotiated(@Nullable SessionDescription description) {
        if (description == null) {
            throw Connections.noSuch();
        }
        return description;
    }

    private static String asked(CompletableFuture<String> asked) {
        try {
            return asked.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.everytake.call.Refused refused) {
                throw refused(refused);
            }
            throw new IllegalStateException("the call failed", e);
        } catch (TimeoutException e) {
            throw new Refused(ErrorId.BUSY, "The room does not answer. Try again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(ErrorId.BUSY, "The server stops.");
        }
    }

    private static Refused refused(org.everytake.call.Refused refused) {
        return switch (refused.id()) {
            case "malformed-sdp" -> new Refused(ErrorId.MALFORMED_SDP, refused.detail());
            case "unsupported-sdp" -> new Refused(ErrorId.UNSUPPORTED_SDP, refused.detail());
            case "room-full" -> new Refused(ErrorId.ROOM_FULL, refused.detail());
            case "room-closed" -> new Refused(ErrorId.BUSY, refused.detail());
            default -> Connections.noSuch();
        };
    }
}
