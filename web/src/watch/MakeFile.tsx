import { useState } from 'preact/hooks';
import { layouts, makeRendition, sentence, type Layout, type NewRendition, type Recording, type Rendition, type RenditionFormat } from '../api';
import { usePoll } from '../poll';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { ChoiceField } from '../ui/Field';
import { size } from '../time';
import { say } from '../words';
import { forecast, FORMATS, FORMATS_OF, isAsSent, labelOf } from './labels';
import { LayoutChoice } from './LayoutChoice';

interface MakeFileProps {
  facts: Recording;
  onChange: (facts: Recording) => void;
}

/** Has a file made that is not there yet: of whom, in what layout, and in what format. */
export function MakeFile({ facts, onChange }: MakeFileProps) {
  const [open, setOpen] = useState(false);
  const choices = choicesOf(facts);
  if (choices.length === 0) return null;
  return (
    <>
      <Button icon="plus" testid="make-file" onClick={() => setOpen(true)}>
        {say('files.another')}
      </Button>
      {open && <MakeFileDialog facts={facts} choices={choices} onChange={onChange} onClose={() => setOpen(false)} />}
    </>
  );
}

type File = Pick<NewRendition, 'kind' | 'person'>;

/** A file that may be made. */
interface Choice {
  label: string;
  file: File;
}

/** What can be made and is not there in all formats; of everybody together there is always another layout. */
export function choicesOf(facts: Pick<Recording, 'mode' | 'people' | 'renditions'>): Choice[] {
  const files: File[] = [
    ...(facts.mode === 'video'
      ? [
          { kind: 'composite' as const, person: null },
          ...facts.people.map(({ person }) => ({ kind: 'participant' as const, person })),
        ]
      : []),
    { kind: 'mix', person: null },
    ...facts.people.map(({ person }) => ({ kind: 'participant-sound' as const, person })),
    { kind: 'raw', person: null },
    { kind: 'quality', person: null },
  ];
  return files
    .filter((file) => file.kind === 'composite' || formatsOf(facts, file).length > 0)
    .map((file) => ({ label: labelOf(facts, { ...file, name: '' }), file }));
}

/** The formats in which a file is not there, of everybody together in a layout other than the usual one, if that is given. */
export function formatsOf(
  facts: Pick<Recording, 'renditions'>,
  file: File,
  layout: Layout | null = null,
): RenditionFormat[] {
  return FORMATS_OF[file.kind].filter(
    (format) =>
      !facts.renditions.some(
        (there) =>
          there.kind === file.kind &&
          there.person === file.person &&
          looksLike(there, layout) &&
          (there.format === format || (format === 'webm' && isAsSent(there))),
      ),
  );
}

/** Whether a file has the layout as that is now, rather than as it was before somebody changed it. */
function looksLike(there: Rendition, layout: Layout | null): boolean {
  return JSON.stringify(there.layout?.layout) === JSON.stringify(layout?.layout);
}

/** The layouts in which a film can be made, each with its formats: of all there are, of which the first is the usual one. */
export function filmsOf(facts: Pick<Recording, 'renditions'>, all: Layout[]): { layout: Layout; formats: RenditionFormat[] }[] {
  return all
    .map((layout, index) => ({
      layout,
      formats: formatsOf(facts, { kind: 'composite', person: null }, index === 0 ? null : layout),
    }))
    .filter(({ formats }) => formats.length > 0);
}

/** A format's name, and where it has a bound how large the file can get. */
function formatWords(format: RenditionFormat, millis: number | null): string {
  const most = forecast(format, millis);
  return most === null ? FORMATS[format] : say('files.atMost', { format: FORMATS[format], size: size(most) });
}

function MakeFileDialog({ facts, choices, onChange, onClose }: MakeFileProps & { choices: Choice[]; onClose: () => void }) {
  const [chosen, setChosen] = useState(0);
  const [wanted, setWanted] = useState('');
  const [looks, setLooks] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const poll = usePoll(layouts, () => 60_000);
  const choice = choices[chosen] ?? choices[0];
  if (choice === undefined) return null;
  const isFilm = choice.file.kind === 'composite';
  const films = filmsOf(facts, poll.value.value ?? []);
  const film = isFilm ? (films.find(({ layout }) => layout.id === looks) ?? films[0]) : undefined;
  const formats = film?.formats ?? formatsOf(facts, choice.file);
  const format = formats.find((one) => one === wanted) ?? formats[0];

  const make = async () => {
    if (format === undefined) return;
    setBusy(true);
    setRefusal(null);
    try {
      onChange(await makeRendition(facts.id, { ...choice.file, format, layout: film?.layout.id ?? null }));
      onClose();
    } catch (reason) {
      setRefusal(sentence(reason));
      setBusy(false);
      poll.now(); // it may be that a layout is gone
    }
  };

  return (
    <Dialog
      title={say('files.another')}
      testid="make-file-dialog"
      onClose={onClose}
      onSubmit={() => void make()}
      actions={
        <>
          <Button onClick={onClose}>{say('do.cancel')}</Button>
          <Button look="primary" type="submit" busy={busy} disabled={format === undefined} testid="make-file-submit">
            {say('files.make')}
          </Button>
        </>
      }
    >
      <ChoiceField
        label={say('files.what')}
        value={String(chosen)}
        choices={choices.map((one, index) => ({ value: String(index), label: one.label }))}
        testid="make-file-what"
        onChange={(value) => setChosen(Number(value))}
      />
      {isFilm && (
        <LayoutChoice
          offered={films.map(({ layout }) => layout)}
          chosen={film?.layout ?? null}
          people={facts.people.length}
          onChoose={setLooks}
        />
      )}
      {isFilm && poll.value.value === null && poll.error.value !== null && (
        <p class="field-error" role="alert">
          {say('layouts.failed')}: {sentence(poll.error.value)}
        </p>
      )}
      <ChoiceField
        label={say('files.format')}
        value={format ?? ''}
        choices={formats.map((one) => ({ value: one, label: formatWords(one, facts.durationMillis) }))}
        disabled={format === undefined}
        testid="make-file-format"
        onChange={setWanted}
      />
      <p class="hint">{say('files.anotherHint')}</p>
      {refusal !== null && (
        <p class="field-error" role="alert">
          {refusal}
        </p>
      )}
    </Dialog>
  );
}
