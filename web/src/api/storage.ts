import { call, query } from './call';

export type Included = 'raw' | 'ld' | 'sd' | 'hd';

/** What each pack includes. */
export const PACKS = {
  unlimited: ['sd', 'hd'],
  recstorage1: ['raw', 'ld'],
  recstorage2: ['raw', 'sd'],
  recstorage3: ['raw', 'sd', 'hd'],
} as const satisfies Record<string, readonly Included[]>;
export type Pack = keyof typeof PACKS;

/** What an organisation may keep, and for how long. */
export interface NewPlan {
  pack: Pack;
  /** Null where there is no limit. */
  sizeBytes: number | null;
  /** Null where masters have as many lines as are sent. */
  mastersHeight: number | null;
  /** Null where masters and files are kept for ever. */
  mastersDays: number | null;
  tapeDays: number;
}

export interface Plan extends NewPlan {
  includes: Included[];
}

export type Kept = 'tape' | 'raw' | 'video' | 'sound' | 'pictures';

/** In bytes, each counted once. */
export type Usage = Record<Kept, number> & { totalBytes: number };

/** A step that fullness has reached, and not left since. */
export interface Step {
  percent: number;
  since: string;
}

export interface Storage {
  plan: Plan;
  usage: Usage;
  /** 1 is full; null where there is no limit. */
  fullness: number | null;
  reached: Step | null;
}

export type ErasedKind = 'tape' | 'raw' | 'files';

/** What is to be erased. */
export interface Due {
  recording: string;
  title: string;
  kind: ErasedKind;
  days: number;
  at: string;
  sizeBytes: number;
  /** What stands against it. */
  waits: 'held' | 'busy' | 'no-file' | 'tape' | null;
}

/** The proof that something is gone. */
export interface Gone {
  recording: string;
  title: string;
  kind: ErasedKind;
  days: number;
  at: string;
  sizeBytes: number;
  keyDestroyed: boolean;
}

export interface Retention {
  due: Due[];
  erased: Gone[];
  /** Whether more is due than is told. */
  more: boolean;
}

/** Of the organisation one is in. */
export function storage(): Promise<Storage> {
  return call('GET', '/storage');
}

/** What will be erased within so many days, and what was. */
export function retention(days: number): Promise<Retention> {
  return call('GET', `/retention${query({ days })}`);
}

export function storageOf(organisation: string): Promise<Storage> {
  return call('GET', `/organisations/${encodeURIComponent(organisation)}/storage`);
}

export function setPlan(organisation: string, plan: NewPlan): Promise<Storage> {
  return call('PUT', `/organisations/${encodeURIComponent(organisation)}/plan`, { body: plan });
}

export const FILMINGS = ['always', 'on-first-view', 'never'] as const;
/** When films of recordings are made. */
export type Filming = (typeof FILMINGS)[number];

export function filming(): Promise<{ films: Filming }> {
  return call('GET', '/organisation/films');
}

export function chooseFilming(films: Filming): Promise<{ films: Filming }> {
  return call('PUT', '/organisation/films', { body: { films } });
}
