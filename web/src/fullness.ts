// What managers are told when their institution's storage fills up: each step once in each browser.

import type { Step, Storage } from './api';

/**
 * The step that is to be told.
 *
 * @param told when the step began that was told last; null if none was
 */
export function stepToTell({ reached }: Pick<Storage, 'reached'>, told: string | null): Step | null {
  // Back at a lower step, after room was made, is nothing new: it began before.
  const isNew = reached !== null && (told === null || Date.parse(reached.since) > Date.parse(told));
  return isNew ? reached : null;
}
