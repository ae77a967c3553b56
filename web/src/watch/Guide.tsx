import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { chapters as loadChapters, waveform as loadWaveform, type Recording } from '../api';
import { clock } from '../time';
import { chapterAt, chapterTitle, type Chapter } from './chapters';
import { outlineOf, type Waveform } from './wave';
import { say } from '../words';

/** About one for each two points on a wide screen: more would not be seen. */
const PIXELS = 600;

/** What helps to find a place in a recording: the shape of its sound, and what happens when. */
export function Guide({ facts, video }: { facts: Recording; video: RefObject<HTMLVideoElement | null> }) {
  const wave = useLoaded(facts, 'waveform', () => loadWaveform(facts.id, PIXELS));
  const list = useLoaded(facts, 'chapters', () => loadChapters(facts.id))?.chapters ?? [];
  const { seconds, length } = useTime(video);
  const go = (to: number) => {
    if (video.current !== null) video.current.currentTime = to;
  };
  return (
    <>
      {wave !== null && wave.length > 0 && <Wave wave={wave} chapters={list} played={length > 0 ? seconds / length : 0} length={length} onGo={go} />}
      {list.length > 1 && (
        <ol class="chapters" aria-label={say('chapters.title')} data-testid="chapters">
          {list.map((chapter, index) => (
            <li key={chapter.fromMillis}>
              <button
                type="button"
                class="chapter"
                aria-current={index === chapterAt(list, seconds) ? 'true' : undefined}
                onClick={() => go(chapter.fromMillis / 1000)}
              >
                <span class="running">{clock(chapter.fromMillis)}</span> {chapterTitle(chapter)}
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

interface WaveProps {
  wave: Waveform;
  chapters: Chapter[];
  /** 0 to 1. */
  played: number;
  /** In seconds; 0 as long as it is not known. */
  length: number;
  onGo: (seconds: number) => void;
}

/** For those who point; whoever uses keys has those of the player, and the chapters. */
function Wave({ wave, chapters, played, length, onGo }: WaveProps) {
  const [outline, setOutline] = useState('');
  useEffect(() => setOutline(outlineOf(wave)), [wave]);
  const at = (event: { currentTarget: Element; clientX: number }) => {
    const box = event.currentTarget.getBoundingClientRect();
    onGo((Math.min(box.width, Math.max(0, event.clientX - box.left)) / box.width) * length);
  };
  return (
    <svg
      class="wave"
      viewBox={`0 -1 ${wave.length} 2`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-testid="wave"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        at(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && at(event)}
    >
      <clipPath id="wave-played">
        <rect x="0" y="-1" width={played * wave.length} height="2" />
      </clipPath>
      <path class="wave-all" d={outline} />
      <path class="wave-played" d={outline} clip-path="url(#wave-played)" />
      {length > 0 &&
        chapters.slice(1).map((chapter) => {
          const x = (chapter.fromMillis / 1000 / length) * wave.length;
          return <line key={chapter.fromMillis} class="wave-mark" x1={x} x2={x} y1="-1" y2="1" />;
        })}
    </svg>
  );
}

/** What goes with a recording, once it is there; null before, and if it cannot be had: nobody misses it then. */
function useLoaded<T>(facts: Recording, companion: string, load: () => Promise<T>): T | null {
  const [value, setValue] = useState<T | null>(null);
  const there = facts.companions.includes(companion);
  useEffect(() => {
    let wanted = true;
    setValue(null);
    if (there) {
      load().then(
        (loaded) => wanted && setValue(loaded),
        () => undefined,
      );
    }
    return () => {
      wanted = false;
    };
  }, [facts.id, there]);
  return value;
}

/** Where a player is, some times a second. */
function useTime(video: RefObject<HTMLVideoElement | null>): { seconds: number; length: number } {
  const [time, setTime] = useState({ seconds: 0, length: 0 });
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    const show = () =>
      setTime({ seconds: element.currentTime, length: Number.isFinite(element.duration) ? element.duration : 0 });
    const events = ['timeupdate', 'seeking', 'loadedmetadata', 'durationchange'];
    events.forEach((event) => element.addEventListener(event, show));
    show();
    return () => events.forEach((event) => element.removeEventListener(event, show));
  }, [video]);
  return time;
}
