package org.everytake.studio.signal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.everytake.studio.library.Invitations;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;

/**
 * Keeps the rooms' doors: whose invitation opens which, and what they are there. Any thread; may block.
 *
 * @param callers who asks, if it is known
 */
public record Invited(Invitations invitations, Function<HttpServletRequest, Optional<Caller>> callers) {

    Optional<Door> open(String key, Optional<Caller> caller) {
        return invitations.enter(key, caller).map(entrance -> {
            // A key that is not good for recording must not become good for it by way of a room.
            boolean mayRecord =
                    caller.filter(one -> one.may(Scope.RECORDINGS_WRITE)).isPresent();
            return new Door(
                    entrance.session().id().toString(),
                    entrance.session().title(),
                    entrance.session().mode(),
                    entrance.session().cameraHeight(),
                    mayRecord ? RoomRole.of(entrance.role()) : RoomRole.ATTENDEE,
                    caller.map(Caller::name).orElse(null),
                    false);
        });
    }
}
