import { useState } from 'preact/hooks';
import { devices } from '../devices';
import { go } from '../router';
import { Button, RoundButton } from '../ui/Button';
import { CopyLink } from '../ui/CopyLink';
import { Dialog } from '../ui/Dialog';
import { DeviceFields } from './DeviceFields';
import { Meter } from './Preview';
import { RecordButton } from './RecordButton';
import type { RoomStore } from './store';

interface BarProps {
  store: RoomStore;
  session: string;
  link: string;
  onTrouble: (sentence: string) => void;
}

export function Bar({ store, session, link, onTrouble }: BarProps) {
  const [choosing, setChoosing] = useState(false);
  const microphone = store.microphoneOn.value && devices.microphone.track.value !== null;
  const camera = store.cameraOn.value && devices.camera.track.value !== null;
  return (
    <footer class="room-bar" aria-label="Your controls">
      <div class="room-bar-group">
        <RoundButton
          icon={microphone ? 'microphone' : 'microphone-off'}
          label={microphone ? 'Mute the microphone' : 'Unmute the microphone'}
          on={microphone}
          testid="microphone-button"
          onClick={() => void store.switchMicrophone()}
        />
        <RoundButton
          icon={camera ? 'camera' : 'camera-off'}
          label={camera ? 'Turn the camera off' : 'Turn the camera on'}
          on={camera}
          testid="camera-button"
          onClick={() => void store.switchCamera()}
        />
        <RoundButton
          icon="settings"
          label="Microphone and camera"
          testid="devices-button"
          onClick={() => {
            void devices.list();
            setChoosing(true);
          }}
        />
      </div>
      <RecordButton store={store} session={session} onTrouble={onTrouble} />
      <div class="room-bar-group room-bar-end">
        <CopyLink link={link} look="round" />
        <RoundButton
          icon="leave"
          label="Leave"
          danger
          testid="leave-button"
          onClick={() => {
            store.leave();
            go(`/s/${encodeURIComponent(session)}`);
          }}
        />
      </div>
      {choosing && (
        <Dialog
          title="Microphone and camera"
          onClose={() => setChoosing(false)}
          onSubmit={() => setChoosing(false)}
          actions={
            <Button look="primary" type="submit">
              Done
            </Button>
          }
        >
          <DeviceFields />
          <Meter track={devices.microphone.track.value} />
        </Dialog>
      )}
    </footer>
  );
}
