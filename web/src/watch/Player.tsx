import { useRef, useState } from 'preact/hooks';
import { companionLink, type Recording } from '../api';
import type { Place } from './FilmPlayer';
import { Guide } from './Guide';
import { playAlone, useKeys } from './keys';
import { say } from '../words';

/** The browser's own player, with the keys that people know from elsewhere. Another source goes on where it was. */
export function Player({
  facts,
  source,
  soundOnly,
  begin,
}: {
  facts: Recording;
  source: string;
  soundOnly: boolean;
  /** Where to go on, asked once it can be played. */
  begin: () => Place | null;
}) {
  const element = useRef<HTMLVideoElement>(null);
  const last = useRef<Place | null>(null);
  const [broken, setBroken] = useState(false);

  useKeys(element);
  const has = (companion: string) => facts.companions.includes(companion);

  return (
    <div class="player">
      {soundOnly && <p class="player-words">{say('player.soundOnly')}</p>}
      <video
        ref={element}
        controls
        playsInline
        preload="metadata"
        src={source}
        poster={has('poster') ? companionLink(facts.id, 'poster') : undefined}
        aria-label={facts.title}
        data-testid="player"
        onPlay={playAlone}
        onError={() => setBroken(true)}
        onTimeUpdate={({ currentTarget: video }) => {
          // one that has just been given another source knows nothing yet
          if (video.readyState > 0) last.current = { seconds: video.currentTime, playing: !video.paused };
        }}
        onLoadedMetadata={(event) => {
          setBroken(false);
          const place = last.current ?? begin();
          if (place !== null) {
            event.currentTarget.currentTime = place.seconds;
            if (place.playing) event.currentTarget.play().catch(() => undefined);
          }
        }}
      >
        {has('chapters.vtt') && (
          <track kind="chapters" srclang="en" src={companionLink(facts.id, 'chapters.vtt')} default />
        )}
      </video>
      <Guide facts={facts} video={element} />
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
