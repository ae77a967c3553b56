import { useEffect, useRef, useState } from 'preact/hooks';
import { act, actionOf, playAlone } from './keys';

/** The browser's own player, with the keys that people know from elsewhere. */
export function Player({ source, title }: { source: string; title: string }) {
  const element = useRef<HTMLVideoElement>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const video = element.current;
      const action = video && actionOf(event);
      if (!video || !action) return;
      // Before the player's own keys, which would do it twice.
      event.preventDefault();
      event.stopPropagation();
      act(video, action);
    };
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  }, []);

  return (
    <div class="player">
      <video
        ref={element}
        controls
        playsInline
        preload="metadata"
        src={source}
        aria-label={title}
        data-testid="player"
        onPlay={playAlone}
        onError={() => setBroken(true)}
        onLoadedMetadata={() => setBroken(false)}
      />
      {broken && (
        <p class="field-error" role="alert">
          The recording could not be played here. Load the page again, or download the file below.
        </p>
      )}
      <p class="keys" aria-label="Keys">
        <kbd>Space</kbd> play <kbd>←</kbd>
        <kbd>→</kbd> 5 s <kbd>J</kbd>
        <kbd>L</kbd> 10 s <kbd>M</kbd> mute <kbd>F</kbd> full screen
      </p>
    </div>
  );
}
