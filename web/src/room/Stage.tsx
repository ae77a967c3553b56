import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { huesOf } from '../names';
import type { Viewed } from '../protocol';
import { CopyLink } from '../ui/CopyLink';
import { layoutOf } from './layout';
import { Pane, ScreenPane, sizeOf } from './Pane';
import type { RoomStore } from './store';
import { devicePixels, useViewing } from './viewing';
import { say } from '../words';

const GAP = 8;

/** Everybody's cameras side by side; where screens are shared, these large and the cameras as a filmstrip. */
export function Stage({ store, link }: { store: RoomStore; link: string }) {
  const element = useRef<HTMLElement>(null);
  const box = useBox(element);
  const speaker = store.speaker.value;
  const people = store.people.value;
  const sharing = people.filter((presence) => presence.screen !== null);
  const hues = huesOf(people.map((presence) => presence.name));
  const alone = people.length === 1;
  const layout = layoutOf(sharing.length, Math.max(1, people.length) + (alone ? 1 : 0), box.width, box.height, GAP);

  const shown: Viewed[] = [
    ...sharing.map(({ person }) => ({ person, kind: 'screen', height: devicePixels(layout.screens?.height ?? 0) }) as const),
    ...people
      .filter(({ self, camera, muted }) => !self && camera !== null && !muted.includes('camera'))
      .map(({ person }) => ({ person, kind: 'camera', height: devicePixels(layout.people.height) }) as const),
  ];
  useViewing(store, shown);

  return (
    <main class={`stage${layout.screens ? ' stage-shared' : ''}`} ref={element} tabIndex={-1} data-testid="stage">
      {layout.screens && layout.screens.width > 0 && (
        <div class="stage-screens">
          {sharing.map((presence) => (
            <ScreenPane key={presence.person} presence={presence} grid={layout.screens!} />
          ))}
        </div>
      )}
      {layout.people.width > 0 && (
        <div class="stage-people">
          {people.map((presence, index) => (
            <Pane
              key={presence.person}
              presence={presence}
              hue={hues[index] ?? 0}
              speaking={speaker === presence.person}
              grid={layout.people}
            />
          ))}
          {alone && (
            <section class="pane pane-invite" style={sizeOf(layout.people)}>
              <h2>{say('room.alone')}</h2>
              <p>{say('room.aloneDetail')}</p>
              <CopyLink link={link} look="primary" />
            </section>
          )}
        </div>
      )}
    </main>
  );
}

function useBox(element: { current: HTMLElement | null }): { width: number; height: number } {
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const stage = element.current;
    if (!stage) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(stage);
    return () => observer.disconnect();
  }, []);
  return box;
}
