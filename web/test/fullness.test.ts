import { describe, expect, it } from 'vitest';
import { stepToTell } from '../src/fullness';

describe('STO_4_managers are told that storage fills up', () => {
  const at80 = { percent: 80, since: '2027-01-31T10:00:00Z' };
  const at95 = { percent: 95, since: '2027-01-31T11:00:00.25Z' };

  it.each([
    ['of no step', null, null, null],
    ['of a step once', at80, null, at80],
    ['not twice', at80, at80.since, null],
    ['of the next one', at95, at80.since, at95],
    ['not of a lower one, once there is room again', at80, at95.since, null],
    ['of no step any more', null, at95.since, null],
  ])('%s', (_, reached, told, expected) => expect(stepToTell({ reached }, told)).toBe(expected));
});
