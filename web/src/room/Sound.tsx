import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Field';
import type { RoomStore } from './store';
import { say } from '../words';

/** Everybody else's voices. Where the browser waits for a click before it plays, a button asks for one. */
export function Sound({ store }: { store: RoomStore }) {
  const [blocked, setBlocked] = useState(false);
  const elements = useRef(new Set<HTMLAudioElement>());

  const play = () => {
    setBlocked(false);
    for (const element of elements.current) element.play().catch(() => setBlocked(true));
  };

  return (
    <>
      {store.people.value.map(
        (presence) =>
          presence.microphone && (
            <Voice
              key={presence.person}
              person={presence.person}
              track={presence.microphone}
              elements={elements.current}
              onBlocked={() => setBlocked(true)}
            />
          ),
      )}
      {blocked && (
        <Notice
          testid="sound-blocked"
          actions={
            <Button look="primary" icon="sound" onClick={play} testid="sound-button">
              {say('room.soundOn')}
            </Button>
          }
        >
          {say('room.soundBlocked')}
        </Notice>
      )}
    </>
  );
}

interface VoiceProps {
  person: string;
  track: MediaStreamTrack;
  elements: Set<HTMLAudioElement>;
  onBlocked: () => void;
}

function Voice({ person, track, elements, onBlocked }: VoiceProps) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    elements.add(audio);
    audio.srcObject = new MediaStream([track]);
    audio.play().catch((reason: unknown) => {
      if ((reason as { name?: unknown }).name === 'NotAllowedError') onBlocked();
    });
    return () => {
      elements.delete(audio);
      audio.srcObject = null;
    };
  }, [track]);
  return <audio ref={element} data-testid="voice" data-person={person} />;
}
