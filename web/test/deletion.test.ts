import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type Recording } from '../src/api';
import { deleted, remove } from '../src/watch/deletion';

const TALK = { id: 'r', title: 'Talk', revision: 3 } as Recording;

function server() {
  return {
    remove: vi.fn(async (_: Recording) => ({ restorableUntil: '2026-11-22T12:00:30Z' })),
    restore: vi.fn(async (_: string) => TALK),
  };
}

afterEach(() => {
  deleted.value = new Set();
});

describe('a recording that is deleted', () => {
  it('is hidden once the server has deleted it, and shown again once it is back', async () => {
    const there = server();
    const undo = await remove(TALK, there);
    expect(there.remove).toHaveBeenCalledWith(TALK);
    expect([...deleted.value]).toEqual(['r']);
    expect(await undo()).toBeNull();
    expect(there.restore).toHaveBeenCalledWith('r');
    expect(deleted.value.size).toBe(0);
  });

  it('is not hidden when the server refuses', async () => {
    const there = server();
    there.remove.mockRejectedValue(new ApiError(409, 'still-recording', 'It is still being recorded.'));
    await expect(remove(TALK, there)).rejects.toThrow('still being recorded');
    expect(deleted.value.size).toBe(0);
  });

  it('stays hidden, with the reason, when it is too late', async () => {
    const there = server();
    const undo = await remove(TALK, there);
    there.restore.mockRejectedValue(new ApiError(503, 'recorder-failed', 'It is too late.'));
    expect(await undo()).toBe('It is too late.');
    expect(deleted.value.has('r')).toBe(true);
  });

  it('does not bring others back with it', async () => {
    const there = server();
    const undo = await remove(TALK, there);
    await remove({ ...TALK, id: 'other' }, there);
    await undo();
    expect([...deleted.value]).toEqual(['other']);
  });
});
