package org.everytake.call.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;

/** What is demanded of connectivity checks whatever comes: an answer that can be read, or none. */
public final class IceDemands {
    private static final IceCredentials OURS = new IceCredentials("oursours", "password0123456789012345");
    private static final String THEIRS = "their";
    private static final TransportAddress FROM = TransportAddress.udp(new InetSocketAddress("192.0.2.1", 1_000));

    private IceDemands() {}

    /** Without MESSAGE-INTEGRITY, which is added to what is left of them. */
    public static List<byte[]> seeds() {
        return List.of(
                request(new StunAttribute.UseCandidate(), new StunAttribute.IceControlling(5)),
                request(new StunAttribute.IceControlled(5), new StunAttribute.Priority(7)));
    }

    private static byte[] request(StunAttribute first, StunAttribute second) {
        return StunMessage.bindingRequest(
                        TransactionId.of(1, 2), new StunAttribute.Username(OURS.ufrag() + ":" + THEIRS), first, second)
                .encode(null);
    }

    /** Whether a check is believed that somebody with our password made of it. */
    public static boolean check(byte[] input) {
        try {
            StunMessage message = StunMessage.parse(input, 0, input.length);
            IceLiteAgent agent = new IceLiteAgent(OURS);
            agent.remoteUfrag(THEIRS);
            if (!message.authentic(OURS.key())) {
                assertThat(agent.check(message, FROM, 0)).isInstanceOf(IceLiteAgent.Outcome.Unauthentic.class);
            }
            byte[] signed = message.encode(OURS.key());
            return switch (agent.check(StunMessage.parse(signed, 0, signed.length), FROM, 0)) {
                case IceLiteAgent.Outcome.Valid valid -> isAnswer(valid.response());
                case IceLiteAgent.Outcome.Error error -> isAnswer(error.response());
                case IceLiteAgent.Outcome.Unauthentic unauthentic -> false;
            };
        } catch (Malformed refused) {
            return false;
        }
    }

    private static boolean isAnswer(byte[] response) throws Malformed {
        assertThat(StunMessage.parse(response, 0, response.length).authentic(OURS.key()))
                .isTrue();
        return true;
    }
}
