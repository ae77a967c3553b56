import { useEffect, useState } from 'preact/hooks';
import { ApiError, recordings, session as loadSession } from '../api';
import { devices, NONE, unsupported } from '../devices';
import { keepPlace, place, recall, remember } from '../memory';
import { usePoll } from '../poll';
import { isLive } from '../progress';
import { go } from '../router';
import { DeviceFields } from '../room/DeviceFields';
import { DeviceTroubles } from '../room/DeviceTroubles';
import { Preview } from '../room/Preview';
import { Button } from '../ui/Button';
import { Notice, TextField } from '../ui/Field';
import { Shell } from '../ui/Shell';
import { Failed } from '../ui/states';
import { Lost } from './Lost';
import { say } from '../words';

export function Join({ id }: { id: string }) {
  const poll = usePoll(() => loadSession(id), () => 5_000, id);
  const recorded = usePoll(
    () => recordings({ session: id }).then((page) => page.items.some(isLive)),
    () => 3_000,
    id,
  );
  const session = poll.value.value;
  const error = poll.error.value;

  if (error instanceof ApiError && error.status === 404) {
    return (
      <Shell title={say('lost.session')}>
        <Lost title={say('lost.sessionTitle')} detail={say('lost.sessionDetail')} />
      </Shell>
    );
  }
  if (session === null && error !== null) {
    return (
      <Shell title={say('join.page')}>
        <Failed what={say('join.failed')} error={error} onRetry={() => poll.now()} />
      </Shell>
    );
  }
  return (
    <Shell title={session?.title ?? say('join.page')}>
      <div class="join">
        <div class="join-head">
          {session ? (
            <h1 data-testid="session-title">{session.title}</h1>
          ) : (
            <span class="skeleton skeleton-heading" aria-label={say('do.loading')} />
          )}
          <p>
            {session && session.live > 0
              ? say('join.there', { count: session.live })
              : say('join.nobody')}
          </p>
        </div>
        <Entrance id={id} recorded={recorded.value.value === true} />
      </div>
    </Shell>
  );
}

function Entrance({ id, recorded }: { id: string; recorded: boolean }) {
  const [name, setName] = useState(recall('name') ?? '');
  const [error, setError] = useState<string | null>(null);
  const [microphoneOn, setMicrophoneOn] = useState(true);
  const [cameraOn, setCameraOn] = useState(true);
  const obstacle = unsupported();

  useEffect(() => {
    if (obstacle !== null) return;
    void devices.open(['microphone', 'camera']);
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
    remember('name', trimmed);
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
        onCamera={switchCamera}
      />
      <form
        class="join-form"
        onSubmit={(event) => {
          event.preventDefault();
          join();
        }}
      >
        {recorded && (
          <Notice kind="live" testid="recorded-notice">
            {say('join.recorded')}
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
        <DeviceFields />
        <DeviceTroubles of={[devices.microphone, devices.camera]} />
        <Button look="primary" type="submit" testid="join-button">
          {say('do.join')}
        </Button>
      </form>
    </div>
  );
}
