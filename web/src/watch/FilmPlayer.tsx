import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { filmLink, wantFilm } from '../api';
import { playAlone, useKeys } from './keys';
import { playFilm } from './film';
import { say } from '../words';

/** Where each recording was seen last, so that its file goes on there. */
const places = new Map<string, Place>();

export interface Place {
  seconds: number;
  playing: boolean;
}

/** Where somebody was who watched a recording while it was being made; told once. */
export function placeOf(recording: string): Place | null {
  const place = places.get(recording) ?? null;
  places.delete(recording);
  return place;
}

/** Plays a recording while it goes on or its file is being made, from its beginning; shows something else as long as it can't. */
export function FilmPlayer({ recording, title, children }: { recording: string; title: string; children: ComponentChildren }) {
  const element = useRef<HTMLVideoElement>(null);
  const [begun, setBegun] = useState(false);
  useKeys(element);

  useEffect(() => {
    const video = element.current;
    if (video === null || typeof MediaSource === 'undefined') return undefined;
    // Whoever looks wants to watch; what is filmed anyway is not changed by it.
    wantFilm(recording).catch(() => undefined);
    const address = filmLink(recording);
    const leave = playFilm(video, address, { onBegun: () => setBegun(true), onBroken: () => setBegun(false) });
    return () => {
      if (video.currentTime > 0) places.set(recording, { seconds: video.currentTime, playing: !video.paused });
      leave();
    };
  }, [recording]);

  return (
    <>
      {!begun && children}
      <div class="player" hidden={!begun}>
        <video ref={element} controls playsInline aria-label={title} data-testid="film-player" onPlay={playAlone} />
        <p class="hint">{say('player.film')}</p>
      </div>
    </>
  );
}
