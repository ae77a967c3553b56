import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { devices } from '../devices';
import { huesOf } from '../names';
import { CopyLink } from '../ui/CopyLink';
import { gridOf } from './grid';
import { Pane } from './Pane';
import { Speaking } from './speaking';
import type { RoomStore } from './store';
import { say } from '../words';

const GAP = 8;

export function Stage({ store, link }: { store: RoomStore; link: string }) {
  const element = useRef<HTMLElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  const speaking = useSpeaking(store);
  const people = store.people.value;
  const hues = huesOf(people.map((presence) => presence.name));
  const alone = people.length <= 1;

  useLayoutEffect(() => {
    const stage = element.current;
    if (!stage) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(stage);
    return () => observer.disconnect();
  }, []);

  const places = alone ? 2 : people.length;
  const grid = gridOf(places, box.width, box.height, GAP);
  return (
    <main class="stage" ref={element} tabIndex={-1} data-testid="stage">
      {grid.width > 0 &&
        people.map((presence, index) => (
          <Pane
            key={presence.person}
            presence={presence}
            hue={hues[index] ?? 0}
            speaking={speaking.person.value === presence.person}
            width={grid.width}
            height={grid.height}
          />
        ))}
      {grid.width > 0 && people.length === 1 && (
        <section class="pane pane-invite" style={{ width: `${grid.width}px`, height: `${grid.height}px` }}>
          <h2>{say('room.alone')}</h2>
          <p>{say('room.aloneDetail')}</p>
          <CopyLink link={link} look="primary" />
        </section>
      )}
    </main>
  );
}

function useSpeaking(store: RoomStore): Speaking {
  const speaking = useMemo(() => new Speaking(), [store]);
  const self = store.self.value;
  const microphone = devices.microphone.track.value;
  useEffect(() => speaking.watch(() => store.remote.peek()), [speaking]);
  useEffect(() => (self && microphone ? speaking.watchSelf(self, microphone) : undefined), [speaking, self, microphone]);
  return speaking;
}
