import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Recording } from '../api';
import { RoundButton } from '../ui/Button';
import { TextField } from '../ui/Field';
import { LONGEST_TITLE, TitleEdit } from './rename';
import { say, sayWith } from '../words';

/** The title, and a pencil that makes a field of it: Enter saves, Escape leaves. */
export function TitleInPlace({ facts, fixed, onChange }: { facts: Recording; fixed?: boolean; onChange: (facts: Recording) => void }) {
  const edit = useMemo(() => new TitleEdit(onChange), [facts.id]);
  const place = useRef<HTMLDivElement>(null);
  const draft = edit.draft.value;
  const open = draft !== null;
  const was = useRef(false);

  useEffect(() => {
    // The focus goes into the field, and back to the pencil.
    const next = open ? 'input' : was.current ? 'button' : null;
    was.current = open;
    if (next === null) return;
    const element = place.current?.querySelector<HTMLElement>(next);
    element?.focus();
    if (element instanceof HTMLInputElement) element.select();
  }, [open]);

  if (draft === null) {
    return (
      <div class="title-in-place" ref={place}>
        <h1 data-testid="recording-title">{facts.title}</h1>
        {!fixed && <RoundButton icon="pencil" label={say('do.rename')} testid="rename-button" onClick={() => edit.begin(facts)} />}
      </div>
    );
  }
  return (
    <div class="title-in-place" ref={place}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void edit.save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') edit.leave();
        }}
      >
        <TextField
          label={say('recording.titleField')}
          hideLabel
          value={draft}
          maxLength={LONGEST_TITLE}
          autocomplete="off"
          error={edit.trouble.value}
          testid="rename-field"
          onInput={(value) => edit.type(value)}
        />
        <p class="hint">
          {sayWith('recording.titleKeys', { enter: <kbd>Enter</kbd>, escape: <kbd>Esc</kbd> })}
        </p>
      </form>
      <RoundButton icon="check" label={say('recording.titleSave')} disabled={edit.busy.value} onClick={() => void edit.save()} />
      <RoundButton icon="close" label={say('recording.titleLeave')} onClick={() => edit.leave()} />
    </div>
  );
}
