// Who is signed in in this browser.

import { effect, signal } from '@preact/signals';
import { ApiError, turnedAway, whoAmI, type Me } from './api';
import { recall, remember } from './memory';

/** Undefined while nobody has asked, null for a guest. */
export const me = signal<Me | null | undefined>(undefined);
/** Why nobody knows. */
export const meTrouble = signal<unknown>(null);

export async function findOutWhoIAm(): Promise<void> {
  meTrouble.value = null;
  try {
    me.value = await whoAmI();
  } catch (reason) {
    if (reason instanceof ApiError && reason.status === 401) me.value = null;
    else meTrouble.value = reason;
  }
}

/** Asks on a guest's page only if this browser was signed in: guests are not asked who they are. */
export function findOutIfSignedInBefore(): void {
  if (me.peek() === undefined && recall('account') !== null) void findOutWhoIAm();
}

/** Managers and admins look after the institution. */
export function looksAfterInstitution(person: Me | null | undefined): boolean {
  return person?.organisation.role === 'admin' || person?.organisation.role === 'manager';
}

// Signed out elsewhere, or for too long not here: each page asks to sign in again.
effect(() => {
  if (turnedAway.value > 0 && me.peek()) me.value = null;
});

effect(() => {
  if (me.value !== undefined) remember('account', me.value?.account ?? null);
});
