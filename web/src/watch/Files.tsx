import { useState } from 'preact/hooks';
import { contentLink, retryRendition, sentence, type Recording, type Rendition } from '../api';
import { duration, remaining, size } from '../time';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Progress } from '../ui/states';

interface FilesProps {
  facts: Recording;
  onChange: (facts: Recording) => void;
}

/** What can be had of a recording, how far each file is, and what went wrong. */
export function Files({ facts, onChange }: FilesProps) {
  return (
    <section class="files" aria-labelledby="files-heading">
      <h2 id="files-heading">Files</h2>
      {facts.renditions.length === 0 ? (
        <p class="hint">Files are made when the recording is stopped: one with everybody, and one of each person.</p>
      ) : (
        <ul>
          {facts.renditions.map((rendition) => (
            <File key={rendition.id} facts={facts} rendition={rendition} onChange={onChange} />
          ))}
        </ul>
      )}
    </section>
  );
}

function File({ facts, rendition, onChange }: FilesProps & { rendition: Rendition }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const label = labelOf(facts, rendition);

  const retry = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      onChange(await retryRendition(facts.id, rendition.id));
    } catch (reason) {
      setRefusal(sentence(reason));
    } finally {
      setBusy(false);
    }
  };

  return (
    <li class="file" data-testid="rendition" data-rendition={rendition.id} data-kind={rendition.kind} data-state={rendition.state}>
      <span class="file-icon">
        <Icon name={rendition.kind === 'composite' ? 'film' : 'person'} />
      </span>
      <span class="file-words">
        <span class="file-title">{label}</span>
        <Facts rendition={rendition} />
        {(refusal ?? rendition.failure) !== null && rendition.state === 'failed' && (
          <span class="status status-failed" role="alert">
            {refusal ?? rendition.failure}
          </span>
        )}
      </span>
      {rendition.state === 'ready' && (
        <a
          class="round"
          href={contentLink(facts.id, rendition.id, true)}
          download={rendition.name}
          aria-label={`Download ${rendition.name}`}
          title={`Download ${rendition.name}`}
          data-testid="download-link"
          data-kind={rendition.kind}
        >
          <Icon name="download" />
        </a>
      )}
      {rendition.state === 'failed' && (
        <Button icon="again" busy={busy} testid="retry-button" onClick={() => void retry()}>
          Retry
        </Button>
      )}
    </li>
  );
}

function Facts({ rendition }: { rendition: Rendition }) {
  switch (rendition.state) {
    case 'ready':
      return (
        <span class="row-facts">
          <span>{formatOf(rendition.name)}</span>
          {rendition.durationMillis !== null && <span>{duration(rendition.durationMillis)}</span>}
          {rendition.sizeBytes !== null && <span>{size(rendition.sizeBytes)}</span>}
        </span>
      );
    case 'rendering':
      return (
        <span class="status status-making">
          <Progress value={rendition.progress ?? 0} label={`Being made: ${rendition.name}`} />
          <span class="status-words">
            {Math.floor((rendition.progress ?? 0) * 100)} %
            {rendition.remainingMillis !== null && ` · ${remaining(rendition.remainingMillis)}`}
          </span>
        </span>
      );
    case 'queued':
      return <span class="hint">Waits for its turn</span>;
    case 'failed':
      return null;
  }
}

function labelOf(facts: Recording, rendition: Rendition): string {
  if (rendition.kind === 'composite') return 'Everybody together';
  return facts.people.find((person) => person.person === rendition.person)?.name ?? rendition.name;
}

function formatOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? 'File' : name.slice(dot + 1).toUpperCase();
}
