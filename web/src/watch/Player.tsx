import { useEffect, useRef, useState } from 'preact/hooks';
import { act, actionOf, playAlone } from './keys';
import { say } from '../words';

/** The browser's own player, with the keys that people know from elsewhere. */
export function Player({ source, title, soundOnly }: { source: string; title: string; soundOnly: boolean }) {
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
      {soundOnly && <p class="player-words">{say('player.soundOnly')}</p>}
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
          {say('player.broken')}
        </p>
      )}
      <p class="keys" aria-label={say('player.keys')}>
        <kbd>{say('player.space')}</kbd> {say('player.play')} <kbd>←</kbd>
        <kbd>→</kbd> {say('player.seconds', { count: 5 })} <kbd>J</kbd>
        <kbd>L</kbd> {say('player.seconds', { count: 10 })} <kbd>M</kbd> {say('player.mute')} <kbd>F</kbd>{' '}
        {say('player.full')}
      </p>
    </div>
  );
}
