import { describe, expect, it, vi } from 'vitest';
import { ApiError, type Recording } from '../src/api';
import { TitleEdit } from '../src/watch/rename';
import { recordingOf } from './facts';

function facts(title: string, revision = 1): Recording {
  return recordingOf({ title, revision });
}

function editing(rename: (seen: Recording, title: string) => Promise<Recording>) {
  const changed = vi.fn();
  const server = { rename: vi.fn(rename), load: vi.fn(async () => facts('Theirs', 7)) };
  const edit = new TitleEdit(changed, server);
  edit.begin(facts('Talk'));
  return { edit, changed, server };
}

describe('a title changed in its place', () => {
  it('is saved, and the field is left', async () => {
    const { edit, changed, server } = editing(async (_, title) => facts(title, 2));
    edit.type('  Weekly ');
    await edit.save();
    expect(server.rename).toHaveBeenCalledWith(facts('Talk'), 'Weekly');
    expect(changed).toHaveBeenCalledWith(facts('Weekly', 2));
    expect(edit.draft.value).toBeNull();
  });

  it('is not sent when it is the same, nor after it was left', async () => {
    const { edit, server } = editing(async (seen) => seen);
    await edit.save();
    expect(edit.draft.value).toBeNull();
    edit.begin(facts('Talk'));
    edit.type('Other');
    edit.leave();
    await edit.save();
    expect(server.rename).not.toHaveBeenCalled();
  });

  it('must not be empty', async () => {
    const { edit, server } = editing(async (seen) => seen);
    edit.type('   ');
    await edit.save();
    expect(edit.trouble.value).toBe('Give the recording a title.');
    expect(server.rename).not.toHaveBeenCalled();
    edit.type('x');
    expect(edit.trouble.value).toBeNull();
  });

  it('stays in the field, with the reason beside it, when the server refuses', async () => {
    const { edit, changed } = editing(async () => {
      throw new ApiError(400, 'malformed-request', 'A title is one line of text.');
    });
    edit.type('Other');
    await edit.save();
    expect(edit.draft.value).toBe('Other');
    expect(edit.trouble.value).toBe('A title is one line of text.');
    expect(edit.busy.value).toBe(false);
    expect(changed).not.toHaveBeenCalled();
  });

  it('overwrites what somebody else wrote only once it was seen', async () => {
    let first = true;
    const { edit, changed, server } = editing(async (_, title) => {
      if (!first) return facts(title, 8);
      first = false;
      throw new ApiError(412, 'changed-meanwhile', 'Changed.');
    });
    edit.type('Mine');
    await edit.save();
    expect(edit.trouble.value).toContain('“Theirs”');
    expect(changed).toHaveBeenLastCalledWith(facts('Theirs', 7));
    await edit.save();
    expect(server.rename).toHaveBeenLastCalledWith(facts('Theirs', 7), 'Mine');
    expect(edit.draft.value).toBeNull();
  });
});
