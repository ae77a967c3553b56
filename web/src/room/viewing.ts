import { useEffect, useState } from 'preact/hooks';
import type { Viewed } from '../protocol';
import type { RoomStore } from './store';

const HIDDEN_MILLIS = 5_000;

/** Tells the server which pictures are seen, so that nobody sends more than that. */
export function useViewing(store: RoomStore, shown: Viewed[]): void {
  const hidden = useHidden();
  const seen = hidden ? [] : shown;
  useEffect(() => store.view(seen), [store, JSON.stringify(seen)]);
}

/** Whether the tab has been out of sight for a while; a glance elsewhere costs nothing. */
function useHidden(): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setHidden(true), HIDDEN_MILLIS);
      else setHidden(false);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return hidden;
}

/** Pixels of the screen in so many of the page. */
export function devicePixels(pixels: number): number {
  return Math.round(pixels * (globalThis.devicePixelRatio || 1));
}
