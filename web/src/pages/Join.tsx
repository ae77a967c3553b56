import { useEffect, useState } from 'preact/hooks';
import { findOutWhoIAm, me } from '../account';
import { ApiError, room as loadRoom, type Room as Facts } from '../api';
import { devices, NONE, unsupported } from '../devices';
import { MODE_WORDS } from '../modes';
import { keepPlace, place, recall, remember } from '../memory';
import { usePoll } from '../poll';
import { go } from '../router';
import { DeviceFields } from '../room/DeviceFields';
import { DeviceTroubles } from '../room/DeviceTroubles';
import { Preview } from '../room/Preview';
import { momentWithZone } from '../time';
import { Button } from '../ui/Button';
import { Notice, TextField } from '../ui/Field';
import { Shell } from '../ui/Shell';
import { Failed } from '../ui/states';
import { say } from '../words';
import { Lost } from './Lost';

/** In front of the door: who invites, whether it is recorded, how one looks and sounds. */
export function Join({ id }: { id: string }) {
  const poll = usePoll(() => loadRoom(id), () => 3_000, id);
  const facts = poll.value.value;
  const error = poll.error.value;
  const account = facts?.name ?? null;

  useEffect(() => {
    // The server knows who this is, though this browser does not remember: ask for the rest.
    if (account !== null && !me.peek()) void findOutWhoIAm();
  }, [account]);

  if (error instanceof ApiError && error.status === 404) {
    return (
      <Shell title={say('lost.session')}>
        <Lost title={say('lost.sessionTitle')} detail={say('lost.sessionDetail')} />
      </Shell>
    );
  }
  if (facts === null && error !== null) {
    return (
      <Shell title={say('join.page')}>
        <Failed what={say('join.failed')} error={error} onRetry={() => poll.now()} />
      </Shell>
    );
  }
  return (
    <Shell title={facts?.title ?? say('join.page')}>
      <div class="join">
        <div class="join-head">
          {facts ? (
            <h1 data-testid="session-title">{facts.title}</h1>
          ) : (
            <span class="skeleton skeleton-heading" role="img" aria-label={say('do.loading')} />
          )}
          {facts && <Who facts={facts} />}
        </div>
        {facts && <Entrance id={id} facts={facts} key={facts.name ?? ''} />}
      </div>
    </Shell>
  );
}

function Who({ facts }: { facts: Facts }) {
  const there = facts.live > 0 ? say('join.there', { count: facts.live }) : say('join.nobody');
  return (
    <>
      {facts.host !== null && facts.role === 'attendee' && (
        <p data-testid="join-host">{say('join.invites', { name: facts.host })}</p>
      )}
      <p>
        {facts.startsAt !== null && facts.live === 0 && `${say('join.when', { time: momentWithZone(facts.startsAt) })} `}
        {there}
      </p>
    </>
  );
}

function Entrance({ id, facts }: { id: string; facts: Facts }) {
  const camera = facts.mode !== 'audio-no-video';
  const [name, setName] = useState(place(id)?.name ?? facts.name ?? recall('name') ?? '');
  const [error, setError] = useState<string | null>(null);
  const [microphoneOn, setMicrophoneOn] = useState(true);
  const [cameraOn, setCameraOn] = useState(camera);
  const obstacle = unsupported();

  useEffect(() => {
    if (obstacle !== null) return;
    void devices.open(camera ? ['microphone', 'camera'] : ['microphone']);
    const changed = () => void devices.list();
    navigator.mediaDevices?.addEventListener?.('devicechange', changed);
    return () => {
      navigator.mediaDevices?.removeEventListener?.('devicechange', changed);
      // On the way into the room they stay open.
      if (!location.pathname.endsWith('/room')) devices.close();
    };
  }, []);

  const join = () => {
    const trimmed = name.trim();
    if (trimmed === '') {
      setError(say('join.nameMissing'));
      return;
    }
    // An account's own name is not what a guest of this browser is called.
    if (facts.name === null) remember('name', trimmed);
    if (!cameraOn) devices.camera.drop();
    keepPlace(id, {
      name: trimmed,
      pass: place(id)?.pass ?? null,
      microphoneOn,
      cameraOn: cameraOn && devices.camera.chosen.value !== NONE,
    });
    go(`/s/${encodeURIComponent(id)}/room`);
  };

  const switchCamera = () => {
    if (cameraOn) devices.camera.drop();
    else void devices.open(['camera']);
    setCameraOn(!cameraOn);
  };

  if (obstacle !== null) {
    return (
      <Notice kind="trouble" testid="unsupported">
        {obstacle}
      </Notice>
    );
  }
  return (
    <div class="join-columns">
      <Preview
        name={name}
        microphoneOn={microphoneOn}
        cameraOn={cameraOn}
        onMicrophone={() => setMicrophoneOn(!microphoneOn)}
        {...(camera ? { onCamera: switchCamera } : {})}
      />
      <form
        class="join-form"
        onSubmit={(event) => {
          event.preventDefault();
          join();
        }}
      >
        {facts.recording && (
          <Notice kind="live" testid="recorded-notice">
            {say(facts.mode === 'video' ? 'join.recorded' : 'join.recordedSound')}
          </Notice>
        )}
        <TextField
          label={say('join.name')}
          value={name}
          maxLength={80}
          autocomplete="name"
          placeholder={say('join.nameExample')}
          error={error}
          testid="join-name"
          onInput={(value) => {
            setName(value);
            setError(null);
          }}
        />
        <DeviceFields camera={camera} />
        <DeviceTroubles of={camera ? [devices.microphone, devices.camera] : [devices.microphone]} />
        <Button look="primary" type="submit" testid="join-button">
          {say('do.join')}
        </Button>
        {facts.mode !== 'video' && (
          <p class="hint" data-testid="join-mode">
            {say(MODE_WORDS[facts.mode].detail)}
          </p>
        )}
        {!facts.recording && <p class="hint">{say('join.mayBeRecorded')}</p>}
      </form>
    </div>
  );
}
