// The little that has to be read and changed of session descriptions.

/** Whom an SDP speaks for: the session id of its origin line and the certificate. */
export function identityOf(sdp: string): string {
  const origin = /^o=\S+ (\S+)/m.exec(sdp)?.[1] ?? '';
  const fingerprint = /^a=fingerprint:(.+?)\s*$/m.exec(sdp)?.[1] ?? '';
  return `${origin} ${fingerprint}`;
}

/** Whether an answer takes more than one layer of what is sent on this section (RFC 8853). */
export function takesLayers(answer: string, mid: string | null): boolean {
  return mid !== null && /^a=simulcast:/m.test(sectionOf(answer, mid));
}

const RID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

/**
 * After an answer that took no layers Chromium goes on to offer them, but without the header extension that belongs to
 * them (RFC 8852), and then does not take its own offer.
 */
export function withLayerNames(sdp: string): string {
  const used = new Set([...sdp.matchAll(/^a=extmap:(\d+)/gm)].map(([, id]) => Number(id)));
  let free = 1;
  // 15 is reserved (RFC 8285).
  while (used.has(free) || free === 15) free++;
  return sections(sdp)
    .map((section) =>
      /^a=simulcast:/m.test(section) && !section.includes(RID_EXTENSION)
        ? `${section}a=extmap:${free} ${RID_EXTENSION}\r\n`
        : section,
    )
    .join('');
}

/**
 * Asks for lost sound to be sent again (RFC 4585), for which browsers have no call; and for Opus to carry what repairs it
 * (RFC 7587). In an answer only where the offer has it.
 */
export function withAudioRepair(sdp: string, offer: string | null = null): string {
  return sections(sdp).map((section) => (section.startsWith('m=audio ') ? repaired(section, offer) : section)).join('');
}

function repaired(section: string, offer: string | null): string {
  const offered = offer === null ? null : sectionOf(offer, midOf(section) ?? '');
  let changed = section;
  for (const [map, type = '', name = ''] of section.matchAll(/^a=rtpmap:(\d+) (opus|red)\/48000.*$/gim)) {
    const nack = `a=rtcp-fb:${type} nack`;
    const wanted = offered === null || has(offered, nack);
    if (wanted && !has(section, nack)) changed = changed.replace(map, `${map}\r\n${nack}`);
    if (name.toLowerCase() === 'opus') changed = withFec(changed, map, type);
  }
  return changed;
}

function withFec(section: string, map: string, type: string): string {
  const given = new RegExp(`^a=fmtp:${type} .*$`, 'm').exec(section)?.[0];
  if (given === undefined) return section.replace(map, `${map}\r\na=fmtp:${type} useinbandfec=1`);
  return given.includes('useinbandfec=') ? section : section.replace(given, `${given};useinbandfec=1`);
}

function has(section: string, line: string): boolean {
  return section.split(/\r?\n/).includes(line);
}

function sectionOf(sdp: string, mid: string): string {
  return sections(sdp).find((section) => midOf(section) === mid) ?? '';
}

function midOf(section: string): string | undefined {
  return /^a=mid:(\S+)/m.exec(section)?.[1];
}

/** What comes before the media, then a section each. */
function sections(sdp: string): string[] {
  return sdp.split(/^(?=m=)/m);
}
