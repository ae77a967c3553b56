// Light or dark: as the system has it, unless this person has chosen.

import { effect, signal } from '@preact/signals';
import { recall, remember } from './memory';

export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

export const scheme = signal<Scheme>(SCHEMES.find((one) => one === recall('scheme')) ?? 'system');

export function chooseScheme(chosen: Scheme): void {
  scheme.value = chosen;
  remember('scheme', chosen === 'system' ? null : chosen);
}

if (typeof document !== 'undefined') {
  effect(() => {
    if (scheme.value === 'system') delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = scheme.value;
  });
}
