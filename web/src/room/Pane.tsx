import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import type { Grid } from './grid';
import type { Presence } from './store';
import { say } from '../words';

interface PaneProps {
  presence: Presence;
  hue: number;
  speaking: boolean;
  grid: Grid;
}

export function Pane({ presence, hue, speaking, grid }: PaneProps) {
  const { person, name, self, camera, muted } = presence;
  const shown = camera !== null && !muted.includes('camera');
  const silent = muted.includes('microphone');
  const label = self ? say('room.youAre', { name }) : name;
  return (
    <section
      class={`pane${speaking && !silent ? ' pane-speaking' : ''}`}
      style={sizeOf(grid)}
      aria-label={silent ? say('room.muted', { name: label }) : label}
      data-testid="pane"
      data-person={person}
      data-name={name}
      data-self={self ? 'true' : 'false'}
      data-camera={shown ? 'on' : 'off'}
      data-microphone={silent ? 'off' : 'on'}
    >
      {shown && camera ? <Picture track={camera} mirrored={self} /> : <Avatar name={name} hue={hue} size="large" />}
      <div class="name-tag">
        {silent && (
          <span class="name-tag-muted">
            <Icon name="microphone-off" size={14} />
          </span>
        )}
        <span class="name-tag-name">{name}</span>
        {self && <span class="name-tag-self">{say('room.you')}</span>}
      </div>
    </section>
  );
}

/** What somebody else shares, whole. */
export function ScreenPane({ presence, grid }: { presence: Presence; grid: Grid }) {
  const { person, name, screen } = presence;
  const label = say('share.of', { name });
  return (
    <section
      class="pane pane-screen"
      style={sizeOf(grid)}
      aria-label={label}
      data-testid="screen-pane"
      data-person={person}
      data-name={name}
    >
      {screen && <Picture track={screen} />}
      <div class="name-tag">
        <Icon name="screen" size={14} />
        <span class="name-tag-name">{label}</span>
      </div>
    </section>
  );
}

export function sizeOf({ width, height }: Grid): { width: string; height: string } {
  return { width: `${width}px`, height: `${height}px` };
}

export function Picture({ track, mirrored }: { track: MediaStreamTrack; mirrored?: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = new MediaStream([track]);
    // Muted video may always play; a rejection only means that another track came meanwhile.
    video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return <video ref={element} class={mirrored ? 'mirrored' : undefined} muted playsInline disablePictureInPicture />;
}
