import { describe, expect, it } from 'vitest';
import { PACKS, type NewPlan } from '../src/api';
import { draftOf, planOf } from '../src/institution/plans';

const PLAN: NewPlan = { pack: 'recstorage2', sizeBytes: 500e9, mastersHeight: 720, mastersDays: 365, tapeDays: 30 };

it('STO_4_each pack includes what the server says', async () => {
  const source = (await import('../../studio/src/main/java/org/everytake/studio/library/retention/Pack.java?raw')).default as string;
  const packs = [...source.matchAll(/([A-Z0-9]+)\(List\.of\(([^)]*)\)\)/g)].map(([, name = '', kinds = '']) => [
    name.toLowerCase(),
    [...kinds.matchAll(/"(\w+)"/g)].map((kind) => kind[1]),
  ]);
  expect(Object.fromEntries(packs)).toEqual(PACKS);
});

describe('STO_7_a plan in fields', () => {
  it.each<[string, Partial<NewPlan>]>([
    ['of a usual size', {}],
    ['of another size', { sizeBytes: 1_500_000_000 }],
    ['of a single byte', { sizeBytes: 1 }],
    ['without limits', { pack: 'unlimited', sizeBytes: null, mastersHeight: null, mastersDays: null }],
  ])('%s is the same plan', (_, more) => expect(planOf(draftOf({ ...PLAN, ...more }))).toEqual({ ...PLAN, ...more }));

  it('takes a comma for a point', () =>
    expect(planOf({ ...draftOf(PLAN), size: 'other', otherSize: ' 2,5 ' })).toMatchObject({ sizeBytes: 2.5e9 }));

  it.each([
    ['another size that is empty', { size: 'other', otherSize: '' }, ['otherSize']],
    ['another size of nothing', { size: 'other', otherSize: '0' }, ['otherSize']],
    ['another size in words', { size: 'other', otherSize: '1e3' }, ['otherSize']],
    ['a tape without days', { tapeDays: '0' }, ['tapeDays']],
    ['half days', { tapeDays: '1.5' }, ['tapeDays']],
    ['days without end', { filesDays: '36501' }, ['filesDays']],
    ['files that go before their tape', { filesDays: '29' }, ['filesBeforeTape']],
    ['several', { tapeDays: 'x', size: 'other', otherSize: '-1' }, ['otherSize', 'tapeDays']],
  ])('%s is refused', (_, more, faults) => expect(planOf({ ...draftOf(PLAN), ...more })).toEqual(faults));
});
