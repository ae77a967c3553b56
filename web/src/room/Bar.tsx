import { useState } from 'preact/hooks';
import { devices } from '../devices';
import { go } from '../router';
import { Button, RoundButton } from '../ui/Button';
import { CopyLink } from '../ui/CopyLink';
import { Dialog } from '../ui/Dialog';
import { DeviceFields } from './DeviceFields';
import { Meter } from './Preview';
import { RecordButton } from './RecordButton';
import { ScreenShare } from './share';
import type { RoomStore } from './store';
import { say } from '../words';

interface BarProps {
  store: RoomStore;
  invitation: string;
  link: string;
  onTrouble: (sentence: string) => void;
}

export function Bar({ store, invitation, link, onTrouble }: BarProps) {
  const [choosing, setChoosing] = useState(false);
  const devicesWords = say(store.hasCameras.value ? 'device.both' : 'device.microphone');
  const microphone = store.microphoneOn.value && devices.microphone.track.value !== null;
  const camera = store.cameraOn.value && devices.camera.track.value !== null;
  return (
    <footer class="room-bar" aria-label={say('room.controls')}>
      <div class="room-bar-group">
        <RoundButton
          icon={microphone ? 'microphone' : 'microphone-off'}
          label={say(microphone ? 'device.mute' : 'device.unmute')}
          on={microphone}
          testid="microphone-button"
          onClick={() => void store.switchMicrophone()}
        />
        {store.hasCameras.value && <RoundButton
          icon={camera ? 'camera' : 'camera-off'}
          label={say(camera ? 'device.cameraTurnOff' : 'device.cameraTurnOn')}
          on={camera}
          testid="camera-button"
          onClick={() => void store.switchCamera()}
        />}
        {store.hasCameras.value && ScreenShare.possible && <ShareButton store={store} />}
        <RoundButton
          icon="settings"
          label={devicesWords}
          testid="devices-button"
          onClick={() => {
            void devices.list();
            setChoosing(true);
          }}
        />
      </div>
      {store.mayRecord.value ? <RecordButton store={store} onTrouble={onTrouble} /> : <span class="room-bar-gap" />}
      <div class="room-bar-group room-bar-end">
        <CopyLink link={link} look="round" />
        <RoundButton
          icon="leave"
          label={say('room.leave')}
          danger
          testid="leave-button"
          onClick={() => {
            store.leave();
            go(`/s/${encodeURIComponent(invitation)}`);
          }}
        />
      </div>
      {choosing && (
        <Dialog
          title={devicesWords}
          onClose={() => setChoosing(false)}
          onSubmit={() => setChoosing(false)}
          actions={
            <Button look="primary" type="submit">
              {say('do.done')}
            </Button>
          }
        >
          <DeviceFields camera={store.hasCameras.value} />
          <Meter track={devices.microphone.track.value} />
        </Dialog>
      )}
    </footer>
  );
}

function ShareButton({ store }: { store: RoomStore }) {
  const sharing = store.share.track.value !== null;
  return (
    <span class="share-place">
      <RoundButton
        icon="screen"
        label={say(sharing ? 'share.stop' : 'share.start')}
        lit={sharing}
        disabled={store.state.value !== 'joined' && !sharing}
        testid="share-button"
        onClick={() => (sharing ? store.share.stop() : void store.share.start())}
      />
    </span>
  );
}
