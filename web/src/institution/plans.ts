// What a plan says, in words.

import { PACKS, type Included, type NewPlan, type Pack } from '../api';
import { size } from '../time';
import { say } from '../words';

/** Names of products are the same in every language. */
const PACK_NAMES: Record<Exclude<Pack, 'unlimited'>, string> = {
  recstorage1: 'RecStorage1',
  recstorage2: 'RecStorage2',
  recstorage3: 'RecStorage3',
};

/** RecStorage3 (RAW, SD, HD). */
export function packWords(pack: Pack, includes: readonly Included[] = PACKS[pack]): string {
  const name = pack === 'unlimited' ? say('plan.unlimited') : PACK_NAMES[pack];
  return `${name} (${includes.map((kind) => kind.toUpperCase()).join(', ')})`;
}

export function sizeWords(bytes: number | null): string {
  return bytes === null ? say('plan.noLimit') : size(bytes);
}

export function daysWords(days: number | null): string {
  return days === null ? say('plan.forEver') : say('plan.days', { count: days });
}

export function linesWords(height: number | null): string {
  return height === null ? say('plan.asSent') : say('plan.lines', { count: height });
}

const GIGABYTE = 1e9;
/** A petabyte. */
const MOST_GIGABYTES = 1e6;
const MOST_DAYS = 36_500;

/** A plan as it stands in fields. */
export interface PlanDraft {
  pack: Pack;
  /** One of the usual sizes in gigabytes, '' for no limit, or 'other'. */
  size: string;
  /** In gigabytes, where it is another. */
  otherSize: string;
  lines: string;
  tapeDays: string;
  /** Empty for ever. */
  filesDays: string;
}

export const USUAL_GIGABYTES = ['100', '500', '1000'];
export const HEIGHTS = ['360', '480', '720', '1080', '2160'];

export function draftOf(plan: NewPlan): PlanDraft {
  const gigabytes = plan.sizeBytes === null ? '' : (plan.sizeBytes / GIGABYTE).toFixed(9).replace(/\.?0+$/, '');
  const usual = gigabytes === '' || USUAL_GIGABYTES.includes(gigabytes);
  return {
    pack: plan.pack,
    size: usual ? gigabytes : 'other',
    otherSize: usual ? '' : gigabytes,
    lines: String(plan.mastersHeight ?? ''),
    tapeDays: String(plan.tapeDays),
    filesDays: String(plan.mastersDays ?? ''),
  };
}

export type PlanFault = 'otherSize' | 'tapeDays' | 'filesDays' | 'filesBeforeTape';

/** The plan that these fields mean, or which of them mean none. */
export function planOf(draft: PlanDraft): NewPlan | PlanFault[] {
  const faults: PlanFault[] = [];
  const gigabytes = draft.size === '' ? null : numberOf(draft.size === 'other' ? draft.otherSize : draft.size);
  if (gigabytes !== null && !(gigabytes * GIGABYTE >= 1 && gigabytes <= MOST_GIGABYTES)) faults.push('otherSize');
  const tapeDays = numberOf(draft.tapeDays);
  if (!isPeriod(tapeDays)) faults.push('tapeDays');
  const mastersDays = draft.filesDays.trim() === '' ? null : numberOf(draft.filesDays);
  if (mastersDays !== null && !isPeriod(mastersDays)) faults.push('filesDays');
  else if (mastersDays !== null && mastersDays < tapeDays) faults.push('filesBeforeTape');
  if (faults.length > 0) return faults;
  return {
    pack: draft.pack,
    sizeBytes: gigabytes === null ? null : Math.round(gigabytes * GIGABYTE),
    mastersHeight: draft.lines === '' ? null : Number(draft.lines),
    mastersDays,
    tapeDays,
  };
}

/** As people write it, with a point or a comma; NaN if it is none. */
function numberOf(text: string): number {
  const written = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(written) ? Number(written) : Number.NaN;
}

function isPeriod(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
}
