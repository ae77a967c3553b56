import { signal } from '@preact/signals';
import { deleteRecording, restoreRecording, sentence, type Recording } from '../api';

/** What this tab has deleted: no list shows it, even where the server has not been asked again. */
export const deleted = signal<ReadonlySet<string>>(new Set());

export interface Deleting {
  remove: (seen: Recording) => Promise<{ restorableUntil: string }>;
  restore: (id: string) => Promise<Recording>;
}

const SERVER: Deleting = { remove: deleteRecording, restore: restoreRecording };

/** Resolves to the way back; rejects, with nothing changed, when the server refuses. */
export async function remove(seen: Recording, server: Deleting = SERVER): Promise<() => Promise<string | null>> {
  await server.remove(seen);
  deleted.value = new Set([...deleted.value, seen.id]);
  return () => undo(seen.id, server);
}

/** Resolves to null once it is back, else to the sentence why it is not. */
async function undo(id: string, server: Deleting): Promise<string | null> {
  try {
    await server.restore(id);
  } catch (reason) {
    return sentence(reason);
  }
  deleted.value = new Set([...deleted.value].filter((other) => other !== id));
  return null;
}
