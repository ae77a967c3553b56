import { describe, expect, it } from 'vitest';
import { isSound, labelOf } from '../src/watch/labels';

describe('labelOf', () => {
  const recording = { people: [{ person: 'p1', name: 'Anna' }] };

  it.each([
    ['composite', null, 'Everybody together'],
    ['participant', 'p1', 'Anna'],
    ['mix', null, 'Sound of everybody'],
    ['participant-sound', 'p1', 'Sound of Anna'],
    ['raw', null, 'RAW archive'],
    ['participant-sound', 'p2', 'a file.mp3'],
  ] as const)('%s of %s: %s', (kind, person, label) =>
    expect(labelOf(recording, { kind, person, name: 'a file.mp3' })).toBe(label),
  );

  it('tells films apart by the layouts that were chosen for them', () => {
    const label = (name: string) =>
      labelOf(recording, { kind: 'composite', person: null, name: '', layout: { name, layout: {}, timeZone: null } });
    expect(label('filmstrip')).toBe('Everybody together: Speaker with filmstrip');
    expect(label('Lecture')).toBe('Everybody together: Lecture');
  });

  it('tells what was sent from what was made of it', () => {
    const label = (format: 'mov' | 'webm' | 'mp4') => labelOf(recording, { kind: 'participant', person: 'p1', name: '', format });
    expect(label('mov')).toBe('Anna');
    expect(label('webm')).toBe('Anna, as it was sent');
    expect(label('mp4')).toBe('Anna, as it was sent');
  });

  it('tells sound from picture', () => {
    expect(isSound({ kind: 'mix' })).toBe(true);
    expect(isSound({ kind: 'participant-sound' })).toBe(true);
    expect(isSound({ kind: 'participant' })).toBe(false);
    expect(isSound({ kind: 'raw' })).toBe(false);
  });
});
