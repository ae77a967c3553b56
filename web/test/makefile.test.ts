import { describe, expect, it } from 'vitest';
import type { Layout, Rendition } from '../src/api';
import { forecast, FORMATS_OF } from '../src/watch/labels';
import { choicesOf, filmsOf, formatsOf } from '../src/watch/MakeFile';
import { recordingOf } from './facts';

describe('choicesOf', () => {
  const people = [{ person: 'p1', name: 'Anna' }];

  it('offers what is not there', () => {
    const there = [
      { kind: 'composite', format: 'mp4', person: null, layout: null },
      { kind: 'composite', format: 'webm-vp9', person: null, layout: null },
      { kind: 'participant-sound', format: 'mp3', person: 'p1', layout: null },
    ] as Rendition[];
    const facts = recordingOf({ people, renditions: there });
    expect(choicesOf(facts).map(({ label, file }) => [label, file.kind, file.person, formatsOf(facts, file)])).toEqual([
      ['Everybody together', 'composite', null, ['mp4-1080p', 'mp4-hd', 'mp4-sd', 'mp4-ld', 'mp4-stereo', 'webm-vp8', 'webm-av1']],
      ['Anna', 'participant', 'p1', ['mov', 'webm']],
      ['Sound of everybody', 'mix', null, ['mp3', 'wav', 'wav-stereo', 'flac']],
      ['Sound of Anna', 'participant-sound', 'p1', ['wav', 'flac']],
      ['RAW archive', 'raw', null, ['tar.gz', 'zip']],
      ['How well it came across', 'quality', null, ['json']],
    ]);
  });

  it('offers no picture of sound alone', () => {
    const kinds = choicesOf(recordingOf({ people, mode: 'audio-no-video' })).map((choice) => choice.file.kind);
    expect(kinds).toEqual(['mix', 'participant-sound', 'raw', 'quality']);
  });

  it('offers what was sent once, whether it is a WebM or an MP4', () => {
    const there = [
      { kind: 'participant', format: 'mov', person: 'p1', layout: null },
      { kind: 'participant', format: 'mp4', person: 'p1', layout: null },
    ] as Rendition[];
    const files = choicesOf(recordingOf({ people, renditions: there })).map((choice) => choice.file.kind);
    expect(files).not.toContain('participant');
  });
});

describe('filmsOf', () => {
  const layout = (id: string, shows: string): Layout => ({ id, name: id, shipped: true, layout: { version: 1, shows } });
  const screen = layout('screen', 'screens');
  const grid = layout('grid', 'people');
  const of = (format: string, own: Layout | null) =>
    ({
      kind: 'composite',
      format,
      person: null,
      layout: own && { name: own.name, layout: structuredClone(own.layout), timeZone: null },
    }) as Rendition;
  const all = FORMATS_OF.composite.length;
  const films = (...renditions: Rendition[]) =>
    filmsOf(recordingOf({ renditions }), [screen, grid]).map((film) => [film.layout.id, film.formats.length, film.formats[0]]);

  it('offers each layout in the formats in which it is not there', () => {
    expect(films(of('mp4', null), of('mp4', grid), of('mp4-1080p', grid))).toEqual([
      ['screen', all - 1, 'mp4-1080p'],
      ['grid', all - 2, 'mp4-hd'],
    ]);
  });

  it('offers one that was changed since a film was made in it', () => {
    expect(films(of('mp4', { ...grid, layout: { version: 1, shows: 'speaker' } }))).toEqual([
      ['screen', all, 'mp4'],
      ['grid', all, 'mp4'],
    ]);
  });

  it('offers none of which every format is there', () => {
    expect(films(...FORMATS_OF.composite.map((format) => of(format, null)))).toEqual([['grid', all, 'mp4']]);
  });
});

describe('forecast', () => {
  it.each([
    ['mp4-ld', 90e6, 2.16e9, 64.8e9],
    ['mp4-sd', 150e6, 3.6e9, 108e9],
    ['mp4-hd', 960e6, 23.04e9, 691.2e9],
  ] as const)('of %s for an hour, a day and 30 days', (format, hour, day, month) => {
    expect(forecast(format, 3_600_000)).toBe(hour);
    expect(forecast(format, 86_400_000)).toBe(day);
    expect(forecast(format, 30 * 86_400_000)).toBe(month);
  });

  it('says nothing where quality alone decides, or the length is not known', () => {
    expect(forecast('mp4', 60_000)).toBeNull();
    expect(forecast('mp4-ld', null)).toBeNull();
  });
});
