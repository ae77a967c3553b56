package org.everytake.call.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunClass;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
    private static final IceCredentials OURS = new IceCredentials("oursours", "password0123456789012345");
    private static final TransportAddress HOME = at("192.0.2.1", 1_000);
    private static final TransportAddress MOBILE = at("198.51.100.7", 2_000);

    private final IceLiteAgent agent = new IceLiteAgent(OURS);

    private static TransportAddress at(String address, int port) {
        return TransportAddress.udp(new InetSocketAddress(address, port));
    }

    private static StunMessage check(IceCredentials to, String from, StunAttribute... more) throws Malformed {
        List<StunAttribute> attributes = new ArrayList<>();
        attributes.add(new StunAttribute.Username(to.ufrag() + ":" + from));
        attributes.addAll(List.of(more));
        byte[] bytes = StunMessage.bindingRequest(TransactionId.of(1, 2), attributes.toArray(StunAttribute[]::new))
                .encode(to.password().getBytes(StandardCharsets.UTF_8));
        return StunMessage.parse(bytes, 0, bytes.length);
    }

    private static StunMessage nominating(IceCredentials to, String from) throws Malformed {
        return check(to, from, new StunAttribute.UseCandidate(), new StunAttribute.IceControlling(5));
    }

    @Test
    void aCheckWithOurPasswordIsAnsweredWithWhereItCameFrom() throws Malformed {
        agent.remoteUfrag("their");
        var outcome = (IceLiteAgent.Outcome.Valid) agent.check(check(OURS, "their"), HOME, 0);
        StunMessage response = StunMessage.parse(outcome.response(), 0, outcome.response().length);
        assertThat(response.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(response.mappedAddress()).isEqualTo(HOME.socketAddress());
        assertThat(response.authentic(OURS.key())).isTrue();
        assertThat(agent.selected()).as("good enough until the peer chooses").isEqualTo(HOME);
    }

    @Test
    void theWrongPasswordOrPeerIsNotBelieved() throws Malformed {
        agent.remoteUfrag("their");
        var forged = new IceCredentials(OURS.ufrag(), "anotherPassword012345678");
        assertThat(agent.check(check(forged, "their"), HOME, 0)).isInstanceOf(IceLiteAgent.Outcome.Unauthentic.class);
        assertThat(agent.check(check(OURS, "stranger"), HOME, 0)).isInstanceOf(IceLiteAgent.Outcome.Unauthentic.class);
        byte[] plain = StunMessage.bindingRequest(
                        TransactionId.of(1, 2), new StunAttribute.Username(OURS.ufrag() + ":their"))
                .encode(null);
        assertThat(agent.check(StunMessage.parse(plain, 0, plain.length), HOME, 0))
                .isInstanceOf(IceLiteAgent.Outcome.Unauthentic.class);
        assertThat(agent.selected()).isNull();
    }

    @Test
    void theNominationIsFollowed() throws Malformed {
        agent.check(nominating(OURS, "their"), HOME, 0);
        agent.check(check(OURS, "their"), MOBILE, 0);
        assertThat(agent.selected()).isEqualTo(HOME);
        agent.check(nominating(OURS, "their"), MOBILE, 0);
        assertThat(agent.selected()).isEqualTo(MOBILE);
    }

    @Test
    void aRestartKeepsTheOldPathUntilTheNewOneIsThere() throws Malformed {
        agent.remoteUfrag("their");
        agent.check(nominating(OURS, "their"), HOME, 0);
        var fresh = new IceCredentials("freshfresh", "password9876543210987654");
        agent.restart(fresh, "theirNew");
        agent.check(nominating(OURS, "their"), HOME, 0);
        assertThat(agent.selected()).isEqualTo(HOME);
        assertThat(agent.ufrags()).containsExactly("freshfresh", "oursours");
        assertThat(agent.check(check(OURS, "their"), HOME, 0)).isInstanceOf(IceLiteAgent.Outcome.Valid.class);
        assertThat(agent.check(check(fresh, "their"), HOME, 0)).isInstanceOf(IceLiteAgent.Outcome.Unauthentic.class);
        assertThat(agent.check(nominating(fresh, "theirNew"), MOBILE, 0))
                .isInstanceOf(IceLiteAgent.Outcome.Valid.class);
        assertThat(agent.selected()).isEqualTo(MOBILE);
        agent.check(nominating(OURS, "their"), HOME, 0);
        assertThat(agent.selected()).as("an old choice is no choice any more").isEqualTo(MOBILE);
    }

    @Test
    void whoClaimsToBeControlledIsToldOfTheConflict() throws Malformed {
        var outcome = (IceLiteAgent.Outcome.Error)
                agent.check(check(OURS, "their", new StunAttribute.IceControlled(5)), HOME, 0);
        StunMessage response = StunMessage.parse(outcome.response(), 0, outcome.response().length);
        assertThat(response.attribute(StunAttribute.ErrorCode.class))
                .isNotNull()
                .extracting(StunAttribute.ErrorCode::code)
                .isEqualTo(487);
    }

    @Test
    void addressesAreBoundedAndTheChosenOneStays() throws Malformed {
        agent.check(nominating(OURS, "their"), HOME, 0);
        int forgotten = 0;
        for (int port = 1; port <= 100; port++) {
            var outcome = (IceLiteAgent.Outcome.Valid) agent.check(check(OURS, "their"), at("203.0.113.9", port), 0);
            forgotten += outcome.forgotten() == null ? 0 : 1;
        }
        assertThat(agent.validated()).hasSize(16).contains(HOME);
        assertThat(forgotten).isEqualTo(85);
    }

    @Test
    void CAP_2_aPathThatHasFallenSilentIsLeftForOneOnWhichThePeerIsHeard() throws Malformed {
        agent.check(nominating(OURS, "their"), HOME, 0);
        agent.check(check(OURS, "their"), MOBILE, 0);
        long silent = IceLiteAgent.SILENT_NANOS + 1;
        assertThat(agent.follow(silent)).as("the other is not heard either").isFalse();
        agent.check(check(OURS, "their"), MOBILE, silent - 1);
        assertThat(agent.follow(silent - 1)).as("not yet").isFalse();
        assertThat(agent.selected()).isEqualTo(HOME);
        agent.check(check(OURS, "their"), MOBILE, silent);
        assertThat(agent.follow(silent)).isTrue();
        assertThat(agent.selected()).isEqualTo(MOBILE);
        assertThat(agent.follow(2 * silent)).as("there is no better one").isFalse();
        agent.check(nominating(OURS, "their"), HOME, 2 * silent);
        assertThat(agent.selected()).as("the peer's word counts").isEqualTo(HOME);
    }
}
