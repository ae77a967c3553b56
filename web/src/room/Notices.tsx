import { useEffect, useState } from 'preact/hooks';
import { devices } from '../devices';
import { Button, Spinner } from '../ui/Button';
import { Notice } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { DeviceTroubles } from './DeviceTroubles';
import type { RoomStore } from './store';
import { say } from '../words';

interface NoticesProps {
  store: RoomStore;
  trouble: string | null;
  onDismiss: () => void;
}

/** Troubles, told where they happen, each with what to do. */
export function Notices({ store, trouble, onDismiss }: NoticesProps) {
  const recording = store.recording.value;
  const state = store.state.value;
  const late = useLate();
  const [read, setRead] = useState('');
  const failed =
    recording?.state === 'failed' && recording.id !== read ? (recording.detail ?? say('room.recordingFailed')) : null;
  const dismiss = () => {
    setRead(recording?.id ?? '');
    onDismiss();
  };
  return (
    <div class="notices">
      {state === 'reconnecting' && (
        <div class="notice notice-busy" role="status" data-testid="reconnecting">
          <Spinner />
          <p>{say('room.lost')}</p>
        </div>
      )}
      {state === 'connecting' && late && (
        <div class="notice notice-busy" role="status">
          <Spinner />
          <p>{say('room.goingIn')}</p>
        </div>
      )}
      {store.share.track.value && (
        <div class="notice notice-share" role="status" data-testid="sharing">
          <Icon name="screen" />
          <p>{say('share.on')}</p>
          <div class="notice-actions">
            <Button look="quiet" testid="share-stop" onClick={() => store.share.stop()}>
              {say('share.stop')}
            </Button>
          </div>
        </div>
      )}
      {store.share.trouble.value !== null && (
        <Notice
          kind="trouble"
          testid="share-trouble"
          actions={
            <Button look="quiet" onClick={() => (store.share.trouble.value = null)}>
              {say('do.dismiss')}
            </Button>
          }
        >
          {store.share.trouble.value}
        </Notice>
      )}
      {(failed ?? trouble) !== null && (
        <Notice
          kind="trouble"
          testid="recording-failed"
          actions={
            <Button look="quiet" onClick={dismiss}>
              {say('do.dismiss')}
            </Button>
          }
        >
          {failed !== null ? <span lang={recording?.detail ? 'en' : undefined}>{failed}</span> : trouble}
        </Notice>
      )}
      {recording?.state === 'recording' && recording.trouble && (
        <Notice kind="trouble" testid="recording-trouble">
          {say(recording.trouble === 'losing' ? 'room.diskLosing' : 'room.diskBehind')}{' '}
          {store.mayRecord.value && <span lang="en">{recording.detail}</span>}
        </Notice>
      )}
      <DeviceTroubles of={store.cameraOn.value ? [devices.microphone, devices.camera] : [devices.microphone]} dismissable />
    </div>
  );
}

/** True after a moment: what is over sooner needs no words. */
function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 700);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
