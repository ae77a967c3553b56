import { useEffect, useRef, useState } from 'preact/hooks';
import { sentence, startRecording, stopRecording } from '../api';
import { MODE_WORDS } from '../modes';
import type { RoomMode, RoomRecording } from '../protocol';
import { clock } from '../time';
import { Spinner } from '../ui/Button';
import { Ask } from '../ui/Ask';
import { TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { useRunning } from './running';
import type { RoomStore } from './store';
import { say } from '../words';

interface RecordButtonProps {
  store: RoomStore;
  onTrouble: (sentence: string) => void;
}

type Asking = 'nothing' | 'name' | 'stop';
type Sent = 'nothing' | 'start' | 'stop';

/** One button that is also the state: Record, Starting, Recording with its time, Waiting after a cut, Stopping. */
export function RecordButton({ store, onTrouble }: RecordButtonProps) {
  const [asking, setAsking] = useState<Asking>('nothing');
  const [sent, setSent] = useState<Sent>('nothing');
  const recording = store.recording.value;
  const running = useRunning(recording);
  const pass = store.pass.value ?? '';
  const ready = store.state.value === 'joined';
  const state = stateOf(recording?.state, sent);
  const place = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);

  useEffect(() => {
    // What was pressed has gone, or waits: the focus goes to what stands there instead, unless somebody has moved on.
    const button = place.current?.querySelector<HTMLButtonElement>('button:enabled');
    if (!pressed.current || !button || asking !== 'nothing') return;
    pressed.current = false;
    if (document.activeElement?.matches('body, main')) button.focus({ preventScroll: true });
  }, [state, ready, asking]);

  const command = async (what: Sent, run: () => Promise<unknown>) => {
    setAsking('nothing');
    setSent(what);
    pressed.current = true;
    try {
      await run();
    } catch (error) {
      onTrouble(sentence(error));
    } finally {
      setSent('nothing');
    }
  };

  return (
    <span class="record-place" ref={place}>
      {state === 'recording' || state === 'waiting' ? (
        <button
          type="button"
          class={`record record-on record-${state}`}
          aria-label={state === 'waiting' ? say('record.waitingLabel') : say('record.stopLabel', { time: clock(running) })}
          title={state === 'waiting' ? say('record.waitingDetail') : undefined}
          disabled={!ready}
          data-testid="stop-button"
          data-state={state}
          onClick={() => setAsking('stop')}
        >
          <Icon name="stop" size={18} />
          {state === 'waiting' ? (
            <span>{say('record.waiting')}</span>
          ) : (
            <>
              <span class="record-word">{say('record.recording')}</span>
              <span class="running">{clock(running)}</span>
            </>
          )}
        </button>
      ) : (
        <button
          type="button"
          class={`record record-${state}`}
          disabled={!ready || state !== 'idle'}
          data-testid="record-button"
          data-state={state}
          onClick={() => setAsking('name')}
        >
          {state === 'idle' ? <span class="record-ring" aria-hidden="true" /> : <Spinner />}
          <span>{say(state === 'idle' ? 'record.record' : state === 'starting' ? 'record.starting' : 'record.stopping')}</span>
        </button>
      )}
      {asking === 'name' && (
        <NameDialog
          title={store.title.value}
          mode={store.mode.value}
          onClose={() => setAsking('nothing')}
          onStart={(title) => void command('start', () => startRecording(store.session.value, title, pass))}
        />
      )}
      {asking === 'stop' && recording && (
        <Ask
          title={say('record.stopTitle')}
          testid="stop-dialog"
          what={say('record.stop')}
          whatTestid="stop-confirm"
          danger
          atOnce
          cancel={say('record.goOn')}
          onClose={() => setAsking('nothing')}
          onSubmit={() => void command('stop', () => stopRecording(recording.id, pass))}
        >
          <p>
            {state === 'waiting'
              ? say('record.stopWaiting', { title: recording.title })
              : say('record.stopDetail', { title: recording.title, time: clock(running) })}
          </p>
        </Ask>
      )}
    </span>
  );
}

type State = 'idle' | 'starting' | 'recording' | 'waiting' | 'stopping';

function stateOf(state: RoomRecording['state'] | undefined, sent: Sent): State {
  if (state === 'recording' || state === 'waiting') return sent === 'stop' ? 'stopping' : state;
  if (state === 'stopping') return 'stopping';
  return state === 'starting' || sent === 'start' ? 'starting' : 'idle';
}

function NameDialog(props: { title: string; mode: RoomMode; onClose: () => void; onStart: (title: string) => void }) {
  const [title, setTitle] = useState(props.title);
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    if (title.trim() === '') setError(say('record.nameMissing'));
    else props.onStart(title.trim());
  };
  return (
    <Ask
      title={say('record.startTitle')}
      testid="record-dialog"
      what={say('record.start')}
      whatTestid="record-confirm"
      onClose={props.onClose}
      onSubmit={start}
    >
      <TextField
        label={say('record.name')}
        value={title}
        onInput={setTitle}
        maxLength={120}
        error={error}
        testid="record-name"
        autofocus
      />
      {props.mode !== 'video' && (
        <p class="hint" data-testid="record-mode">
          {say(MODE_WORDS[props.mode].detail)}
        </p>
      )}
      <p class="hint">{say('record.seen')}</p>
    </Ask>
  );
}
