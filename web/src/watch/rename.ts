import { signal } from '@preact/signals';
import { ApiError, recording, renameRecording, sentence, type Recording } from '../api';
import { say } from '../words';

/** As long as the server takes it. */
export const LONGEST_TITLE = 120;

export interface Renaming {
  rename: (seen: Recording, title: string) => Promise<Recording>;
  load: (id: string) => Promise<Recording>;
}

/** A title that is being changed in its place. Knows no page. */
export class TitleEdit {
  /** What stands in the field, or null while nobody changes the title. */
  readonly draft = signal<string | null>(null);
  readonly trouble = signal<string | null>(null);
  readonly busy = signal(false);
  private seen: Recording | null = null;

  constructor(
    private readonly changed: (facts: Recording) => void,
    private readonly server: Renaming = { rename: renameRecording, load: recording },
  ) {}

  begin(facts: Recording): void {
    this.seen = facts;
    this.draft.value = facts.title;
    this.trouble.value = null;
  }

  type(title: string): void {
    this.draft.value = title;
    this.trouble.value = null;
  }

  leave(): void {
    this.draft.value = null;
    this.trouble.value = null;
    this.seen = null;
  }

  /** Leaves the field once the server has the title; otherwise says why it has not, and keeps what was typed. */
  async save(): Promise<void> {
    const seen = this.seen;
    const title = this.draft.value?.trim();
    if (seen === null || title === undefined || this.busy.value) return;
    if (title === '') {
      this.trouble.value = say('recording.titleMissing');
      return;
    }
    if (title === seen.title) {
      this.leave();
      return;
    }
    this.busy.value = true;
    try {
      this.changed(await this.server.rename(seen, title));
      this.leave();
    } catch (reason) {
      this.trouble.value = await this.explain(seen, reason);
    } finally {
      this.busy.value = false;
    }
  }

  /** Of two who rename at once the second sees what the first has written, and may save again. */
  private async explain(seen: Recording, reason: unknown): Promise<string> {
    if (!(reason instanceof ApiError) || reason.id !== 'changed-meanwhile') return sentence(reason);
    try {
      const newer = await this.server.load(seen.id);
      this.seen = newer;
      this.changed(newer);
      return say('recording.titleTaken', { title: newer.title });
    } catch (trouble) {
      return sentence(trouble);
    }
  }
}
