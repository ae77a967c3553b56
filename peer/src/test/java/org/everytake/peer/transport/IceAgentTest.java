package org.everytake.peer.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;
import org.junit.jupiter.api.Test;

/** Towards a full agent; towards one that is lite every test in a call has it. */
class IceAgentTest {
    private static final byte[] REMOTE_KEY = "remotepassword".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OWN_KEY = "ownpassword".getBytes(StandardCharsets.UTF_8);
    private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
    private static final int ROLE_CONFLICT = 487;

    private final List<StunMessage> sent = new ArrayList<>();
    private final IceAgent agent = new IceAgent(
            "own", "ownpassword", false, new SplittableRandom(1), (datagram, to) -> sent.add(parse(datagram)));

    private static StunMessage parse(byte[] datagram) {
        try {
            return StunMessage.parse(datagram, 0, datagram.length);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private StunMessage start() {
        String address = REMOTE.getAddress().getHostAddress();
        agent.start(
                "remote",
                "remotepassword",
                List.of(IceCandidate.host("1", IceCandidate.priority(126, 65_535, 1), address, REMOTE.getPort())),
                0);
        agent.tick(0);
        return sent.getLast();
    }

    private void receive(StunMessage message, byte[] key) {
        agent.received(parse(message.encode(key)), TransportAddress.udp(REMOTE), 1);
    }

    private static StunMessage check(StunAttribute... attributes) {
        List<StunAttribute> all = new ArrayList<>(List.of(new StunAttribute.Username("own:remote")));
        all.addAll(List.of(attributes));
        return StunMessage.of(StunClass.REQUEST, StunMessage.BINDING, TransactionId.of(1, 2), all);
    }

    @Test
    void itGivesWayToAnAgentThatInsistsOnNominating() {
        StunMessage first = start();
        assertThat(first.attribute(StunAttribute.IceControlling.class)).isNotNull();
        receive(first.error(ROLE_CONFLICT, "Role Conflict"), REMOTE_KEY);
        agent.tick(1);
        StunMessage second = sent.getLast();
        assertThat(second.attribute(StunAttribute.IceControlling.class)).isNull();
        assertThat(second.attribute(StunAttribute.IceControlled.class)).isNotNull();

        receive(second.success(REMOTE), REMOTE_KEY);
        assertThat(agent.state()).isEqualTo(IceAgent.State.NOMINATING);
        assertThat(sent.stream().noneMatch(StunMessage::useCandidate)).isTrue();
        receive(check(new StunAttribute.UseCandidate()), OWN_KEY);
        agent.tick(1_000_000_000L);
        receive(sent.getLast().success(REMOTE), REMOTE_KEY);
        assertThat(agent.state()).isEqualTo(IceAgent.State.CONNECTED);
    }

    @Test
    void aNominationThatComesFirstCountsAsSoonAsItsOwnCheckIsAnswered() {
        StunMessage first = start();
        receive(first.error(ROLE_CONFLICT, "Role Conflict"), REMOTE_KEY);
        receive(check(new StunAttribute.UseCandidate()), OWN_KEY);
        agent.tick(1);
        receive(sent.getLast().success(REMOTE), REMOTE_KEY);
        assertThat(agent.state()).isEqualTo(IceAgent.State.CONNECTED);
    }

    @Test
    void aForgedConflictOrOneThatAnswersNothingChangesNothing() {
        StunMessage first = start();
        receive(first.error(ROLE_CONFLICT, "Role Conflict"), OWN_KEY);
        receive(check().error(ROLE_CONFLICT, "Role Conflict"), REMOTE_KEY);
        agent.tick(1_000_000_000L);
        assertThat(sent.getLast().attribute(StunAttribute.IceControlling.class)).isNotNull();
    }
}
