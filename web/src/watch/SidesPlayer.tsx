import { useEffect, useRef, useState } from 'preact/hooks';
import { clock } from '../time';
import { Button, RoundButton } from '../ui/Button';
import { SmallChoice } from '../ui/Field';
import { say } from '../words';
import { actionOf } from './keys';
import { InStep } from './step';

export interface SideFile {
  name: string;
  source: string;
}

const RATES = [0.5, 1, 1.25, 1.5, 2];
const KEEP_MILLIS = 100;

/** The sides of a call beside each other, with one set of controls: each from its own file, in step. */
export function SidesPlayer({ sides }: { sides: SideFile[] }) {
  const box = useRef<HTMLDivElement>(null);
  const step = useRef<InStep | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [length, setLength] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(1);
  const [silent, setSilent] = useState<readonly number[]>([]);
  const [broken, setBroken] = useState<readonly number[]>([]);

  useEffect(() => {
    const together = new InStep([...(box.current?.querySelectorAll('video') ?? [])]);
    step.current = together;
    const show = () => {
      setSeconds(together.seconds);
      setLength(together.length);
      setPlaying(together.playing);
    };
    const timer = setInterval(() => {
      together.keep();
      show();
    }, KEEP_MILLIS);
    const pressed = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      if (action.do === 'toggle') toggle(together);
      else if (action.do === 'seek') together.seek(together.seconds + action.seconds);
      else if (action.do === 'mute') setSilent((now) => (now.length > 0 ? [] : sides.map((_, index) => index)));
      else if (action.do === 'fullscreen') fullscreen(box.current);
      show();
    };
    document.addEventListener('keydown', pressed, { capture: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener('keydown', pressed, { capture: true });
      together.pause();
      step.current = null;
    };
  }, [sides.map((side) => side.source).join(' ')]);

  return (
    <div class="sides" ref={box} data-testid="sides-player">
      <div class="sides-pictures">
        {sides.map((side, index) => (
          <figure key={side.source}>
            <video
              src={side.source}
              playsInline
              preload="auto"
              muted={silent.includes(index)}
              aria-label={side.name}
              data-testid="side"
              onClick={() => step.current && toggle(step.current)}
              onError={() => setBroken((now) => [...now, index])}
            />
            <figcaption>
              <span>{broken.includes(index) ? say('sides.broken', { name: side.name }) : side.name}</span>
              <RoundButton
                icon="sound"
                label={say('sides.hear', { name: side.name })}
                on={!silent.includes(index)}
                testid={`sides-hear-${index}`}
                onClick={() =>
                  setSilent((now) => (now.includes(index) ? now.filter((one) => one !== index) : [...now, index]))
                }
              />
            </figcaption>
          </figure>
        ))}
      </div>
      <div class="sides-controls">
        <Button look="primary" testid="sides-play" onClick={() => step.current && toggle(step.current)}>
          {say(playing ? 'sides.pause' : 'sides.play')}
        </Button>
        <span class="running">
          {clock(seconds * 1000)} / {clock(length * 1000)}
        </span>
        <input
          type="range"
          min={0}
          max={length}
          step={0.1}
          value={seconds}
          aria-label={say('sides.place')}
          aria-valuetext={clock(seconds * 1000)}
          data-testid="sides-place"
          onInput={(event) => step.current?.seek(Number(event.currentTarget.value))}
        />
        <SmallChoice
          label={say('sides.rate')}
          value={String(rate)}
          choices={RATES.map((one) => ({ value: String(one), label: `${one} ×` }))}
          testid="sides-rate"
          onChange={(value) => {
            setRate(Number(value));
            step.current?.setRate(Number(value));
          }}
        />
      </div>
    </div>
  );
}

/** Whatever else of this page is heard is paused. */
function toggle(together: InStep): void {
  if (together.playing) together.pause();
  else {
    for (const audio of document.querySelectorAll<HTMLMediaElement>('.watch audio')) audio.pause();
    together.play();
  }
}

function fullscreen(element: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void element?.requestFullscreen?.().catch(() => undefined);
}
