package org.everytake.peer.media;

/**
 * Who a stream is that is sent.
 *
 * @param retransmissionSsrc of the packets that are sent again, where that is agreed
 * @param mid of its media section
 * @param rid of its layer; empty if the section has but one stream
 */
public record StreamIdentity(long ssrc, long retransmissionSsrc, String mid, String rid) {}
