import { useEffect, useMemo, useState } from 'preact/hooks';
import { devices, unsupported } from '../devices';
import { place, type Place } from '../memory';
import type { DeviceKind } from '../protocol';
import { go } from '../router';
import { Bar } from '../room/Bar';
import { Ended } from '../room/Ended';
import { Notices } from '../room/Notices';
import { useRoomNews } from '../room/news';
import { useRunning } from '../room/running';
import { MODE_WORDS } from '../modes';
import { Sound } from '../room/Sound';
import { Stage } from '../room/Stage';
import { RoomStore } from '../room/store';
import { WeakNetwork } from '../room/WeakNetwork';
import { clock } from '../time';
import { Icon } from '../ui/Icon';
import { say } from '../words';

export function Room({ id }: { id: string }) {
  const kept = useMemo(() => place(id), [id]);
  const enter = kept !== null && unsupported() === null;
  useEffect(() => {
    // Whoever has not said a name yet goes by the door.
    if (!enter) go(`/s/${encodeURIComponent(id)}`, { replace: true });
  }, [id, enter]);
  return enter && kept ? <Inside id={id} kept={kept} key={id} /> : null;
}

function Inside({ id, kept }: { id: string; kept: Place }) {
  const store = useMemo(() => new RoomStore(id, kept, devices), [id]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const link = `${location.origin}/s/${encodeURIComponent(id)}`;

  useEffect(() => {
    let gone = false;
    let close: (() => void) | null = null;
    // With the devices at hand one offer is enough; nobody waits long for somebody else's permission.
    void Promise.race([openMissing(kept), wait(2_000)]).then(() => {
      if (!gone) close = store.open();
    });
    return () => {
      gone = true;
      close?.();
      devices.close();
    };
  }, [store]);

  useRoomNews(store);

  document.title = `${store.title.value || say('room.page')} · ${say('app.name')}`;
  if (store.state.value === 'ended') return <Ended id={id} store={store} />;
  return (
    <div class="room" data-testid="room" data-state={store.state.value}>
      <Top store={store} />
      <Notices store={store} trouble={trouble} onDismiss={() => setTrouble(null)} />
      <Stage store={store} link={link} />
      <Bar store={store} invitation={id} link={link} onTrouble={setTrouble} />
      <Sound store={store} />
    </div>
  );
}

/** After a reload the devices have to be opened again; on the way from the door they are open. */
async function openMissing(kept: Place): Promise<void> {
  const kinds: DeviceKind[] = [];
  if (!devices.microphone.track.value && !devices.microphone.trouble.value) kinds.push('microphone');
  if (kept.cameraOn && !devices.camera.track.value && !devices.camera.trouble.value) kinds.push('camera');
  await devices.open(kinds);
}

function wait(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function Top({ store }: { store: RoomStore }) {
  const recording = store.recording.value;
  const running = useRunning(recording);
  const live = recording && ['recording', 'waiting', 'stopping'].includes(recording.state);
  const people = store.people.value.length;
  return (
    <header class="room-top">
      <h1 data-testid="room-title">{store.title.value}</h1>
      <span class="room-people" aria-label={say('room.people', { count: people })}>
        <Icon name="people" size={18} />
        {people}
      </span>
      {store.mode.value !== 'video' && (
        <span class="room-mode" data-testid="room-mode" title={say(MODE_WORDS[store.mode.value].detail)}>
          {say(MODE_WORDS[store.mode.value].name)}
        </span>
      )}
      <WeakNetwork store={store} />
      <span class="room-rec" role="status">
        {live && (
          <span class="rec" data-testid="rec-indicator" title={recording.state === 'waiting' ? say('record.waitingDetail') : undefined}>
            <span class="rec-dot" />
            <span class="rec-word">{say('room.rec')}</span>
            <span class="running" aria-hidden="true">
              {recording.state === 'recording'
                ? clock(running)
                : say(recording.state === 'waiting' ? 'room.recWaiting' : 'room.recStopping')}
            </span>
          </span>
        )}
      </span>
    </header>
  );
}
