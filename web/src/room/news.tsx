import { useEffect, useRef } from 'preact/hooks';
import { recording as load } from '../api';
import { isMoving } from '../progress';
import type { RoomRecording } from '../protocol';
import { hear, ToRecording } from '../ui/News';
import { toast } from '../ui/Toast';
import { say } from '../words';
import type { RoomStore } from './store';

const ASK_MILLIS = 2_000;

/** Says in the room what becomes of its recording: begun, stopped, and to host and co-hosts what is made of it. */
export function useRoomNews(store: RoomStore): void {
  const current = store.recording.value;
  const state = current?.state ?? null;
  const trouble = current?.trouble ?? null;
  const before = useRef<{ id: string; state: string } | null>(null);
  const worst = useRef<'behind' | 'losing' | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = current ? { id: current.id, state: current.state } : null;
    if (current && state === 'recording' && last?.id === current.id && last.state === 'starting') began(current);
  }, [current?.id, state]);

  useEffect(() => {
    if (trouble !== null) {
      worst.current = worst.current === 'losing' ? 'losing' : trouble;
      return;
    }
    if (worst.current !== null && state === 'recording') {
      toast(say(worst.current === 'losing' ? 'room.diskBack' : 'room.diskCaughtUp'), { icon: 'film' });
    }
    worst.current = null;
  }, [current?.id, state, trouble]);

  useEffect(() => {
    let gone = false;
    const stop = store.finished.subscribe((finished) => {
      if (!finished) return;
      if (!store.mayRecord.peek()) {
        toast(say('room.stopped'), { icon: 'film' });
        return;
      }
      toast(<Kept recording={finished} />, { millis: 20_000 });
      void follow(finished, () => gone);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [store]);
}

function began(recording: RoomRecording): void {
  const by = recording.startedBy;
  toast(by === null ? say('room.began') : say('room.beganBy', { name: by }), { icon: 'film' });
}

function Kept({ recording }: { recording: RoomRecording }) {
  return (
    <>
      <span>
        {say('room.stopped')} {say('room.kept', { title: recording.title })}
      </span>
      <ToRecording to={`/recordings/${encodeURIComponent(recording.id)}`} apart />
    </>
  );
}

/** Asks until the files are made or cannot be; who hears it says which. */
async function follow({ id }: RoomRecording, gone: () => boolean): Promise<void> {
  while (!gone()) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MILLIS));
    if (gone()) return;
    const facts = await load(id).catch(() => null);
    if (facts === null) continue;
    hear([facts]);
    if (!isMoving(facts)) return;
  }
}
