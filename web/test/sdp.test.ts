import { describe, expect, it } from 'vitest';
import { takesLayers, withAudioRepair, withLayerNames } from '../src/protocol/sdp';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 111 63 0', 'a=mid:0'];
const VIDEO = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:1', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack'];

describe('sound that is repaired', () => {
  it('is asked for again in an offer, as Opus and as RED, and no other', () => {
    const offer = lines(
      'v=0',
      ...AUDIO,
      'a=rtpmap:111 opus/48000/2',
      'a=rtcp-fb:111 transport-cc',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:63 red/48000/2',
      'a=fmtp:63 111/111',
      'a=rtpmap:0 PCMU/8000',
      ...VIDEO,
    );
    expect(withAudioRepair(offer)).toBe(
      lines(
        'v=0',
        ...AUDIO,
        'a=rtpmap:111 opus/48000/2',
        'a=rtcp-fb:111 nack',
        'a=rtcp-fb:111 transport-cc',
        'a=fmtp:111 minptime=10;useinbandfec=1',
        'a=rtpmap:63 red/48000/2',
        'a=rtcp-fb:63 nack',
        'a=fmtp:63 111/111',
        'a=rtpmap:0 PCMU/8000',
        ...VIDEO,
      ),
    );
    expect(withAudioRepair(withAudioRepair(offer))).toBe(withAudioRepair(offer));
  });

  it('has FEC in Opus where the browser forgot it', () => {
    expect(withAudioRepair(lines(...AUDIO, 'a=rtpmap:109 opus/48000/2', 'a=fmtp:109 stereo=1'))).toContain(
      'a=fmtp:109 stereo=1;useinbandfec=1\r\n',
    );
    expect(withAudioRepair(lines(...AUDIO, 'a=rtpmap:109 opus/48000/2'))).toContain('a=fmtp:109 useinbandfec=1\r\n');
  });

  it('is asked for again in an answer only where the offer has it', () => {
    const answer = lines('v=0', ...AUDIO, 'a=rtpmap:111 opus/48000/2', ...VIDEO);
    const offer = (...more: string[]) => lines('v=0', ...AUDIO, 'a=rtpmap:111 opus/48000/2', ...more, ...VIDEO);
    expect(withAudioRepair(answer, offer('a=rtcp-fb:111 nack'))).toContain('a=rtcp-fb:111 nack\r\n');
    expect(withAudioRepair(answer, offer())).not.toContain('a=rtcp-fb:111 nack');
  });
});

describe('layers', () => {
  it('are taken by an answer that says so for this section', () => {
    const answer = lines('v=0', ...AUDIO, ...VIDEO, 'a=rid:q recv', 'a=simulcast:recv q;h;f');
    expect(takesLayers(answer, '1')).toBe(true);
    expect(takesLayers(answer, '0')).toBe(false);
    expect(takesLayers(answer, null)).toBe(false);
    expect(takesLayers(lines('v=0', ...VIDEO), '1')).toBe(false);
  });

  it('are offered with the extension that names them, under a number that is free', () => {
    const named = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';
    const layered = lines('v=0', ...AUDIO, 'a=extmap:1 a', ...VIDEO, 'a=extmap:2 b', 'a=simulcast:send q;h');
    expect(withLayerNames(layered)).toBe(`${layered}a=extmap:3 ${named}\r\n`);
    expect(withLayerNames(withLayerNames(layered))).toBe(withLayerNames(layered));
    const single = lines('v=0', ...AUDIO, ...VIDEO);
    expect(withLayerNames(single)).toBe(single);
    const many = lines('v=0', ...VIDEO, ...[...Array(14).keys()].map((id) => `a=extmap:${id + 1} x`), 'a=simulcast:send q;h');
    expect(withLayerNames(many)).toContain(`a=extmap:16 ${named}`);
  });
});
