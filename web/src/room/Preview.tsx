import { useEffect, useRef } from 'preact/hooks';
import { devices } from '../devices';
import { watchLevel } from '../level';
import { Avatar } from '../ui/Avatar';
import { RoundButton } from '../ui/Button';
import { Picture } from './Pane';
import { say } from '../words';

interface PreviewProps {
  name: string;
  microphoneOn: boolean;
  cameraOn: boolean;
  onMicrophone: () => void;
  /** Without it there are no cameras in the session. */
  onCamera?: () => void;
}

/** How the others will see and hear this person. */
export function Preview({ name, microphoneOn, cameraOn, onMicrophone, onCamera }: PreviewProps) {
  const { microphone, camera } = devices;
  const picture = cameraOn ? camera.track.value : null;
  const starting = camera.state.value === 'starting' || microphone.state.value === 'starting';
  return (
    <div class="preview" data-testid="preview">
      <div class="preview-picture">
        {picture ? (
          <Picture track={picture} mirrored />
        ) : starting ? (
          <p class="preview-words">{say(onCamera ? 'join.allow' : 'join.allowMicrophone')}</p>
        ) : (
          <div class="preview-nobody">
            <Avatar name={name || '?'} size="large" />
            <p class="preview-words">{say(!onCamera ? 'join.noCameras' : cameraOn && camera.wanted ? 'join.noPicture' : 'join.cameraOff')}</p>
          </div>
        )}
      </div>
      <div class="preview-bar">
        <RoundButton
          icon={microphoneOn && microphone.track.value ? 'microphone' : 'microphone-off'}
          label={say(microphoneOn ? 'device.mute' : 'device.unmute')}
          on={microphoneOn && microphone.track.value !== null}
          disabled={!microphone.wanted}
          onClick={onMicrophone}
          testid="preview-microphone"
        />
        <Meter track={microphoneOn ? microphone.track.value : null} />
        {onCamera && <RoundButton
          icon={picture ? 'camera' : 'camera-off'}
          label={say(cameraOn ? 'device.cameraTurnOff' : 'device.cameraTurnOn')}
          on={picture !== null}
          disabled={!camera.wanted}
          onClick={onCamera}
          testid="preview-camera"
        />}
      </div>
    </div>
  );
}

const BARS = 24;

/** Bars that follow the voice; drawn past the page's state, fifteen times a second. */
export function Meter({ track }: { track: MediaStreamTrack | null }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const meter = element.current;
    if (!meter) return;
    const show = (level: number) => {
      const lit = Math.round(level * BARS);
      meter.setAttribute('aria-valuenow', String(Math.round(level * 100)));
      for (const [index, bar] of Array.from(meter.children).entries()) bar.classList.toggle('lit', index < lit);
    };
    show(0);
    return track ? watchLevel(track, show) : undefined;
  }, [track]);
  return (
    <div
      ref={element}
      class="meter"
      role="meter"
      aria-label={say('join.loudness')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      data-testid="level-meter"
    >
      {Array.from({ length: BARS }, (_, bar) => (
        <span key={bar} />
      ))}
    </div>
  );
}
