import { useState } from 'preact/hooks';
import { contentLink, retryRendition, sentence, type Recording, type Rendition, type RenditionKind } from '../api';
import { filesErased, isLive, tapeErased } from '../progress';
import { duration, percent, remaining, size } from '../time';
import { Button, RoundButton } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { Progress } from '../ui/states';
import { playAlone } from './keys';
import { FORMATS, isSound, labelOf } from './labels';
import { MakeFile } from './MakeFile';
import { say } from '../words';

interface FilesProps {
  facts: Recording;
  /** Which film is in the player, if it is one of these files. */
  watched: string | null;
  onWatch: (rendition: string) => void;
  onChange: (facts: Recording) => void;
}

/** What can be had of a recording, how far each file is, and what went wrong. */
export function Files({ facts, watched, onWatch, onChange }: FilesProps) {
  return (
    <section class="files" aria-labelledby="files-heading">
      <h2 id="files-heading">{say('files.title')}</h2>
      {facts.renditions.length === 0 ? (
        <p class="hint">{say(filesErased(facts) ? 'keeping.nothingLeft' : 'files.later')}</p>
      ) : (
        <ul>
          {facts.renditions.map((rendition) => (
            <File
              key={rendition.id}
              facts={facts}
              rendition={rendition}
              watched={watched}
              onWatch={onWatch}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
      {facts.mayChange && !isLive(facts) && !tapeErased(facts) && <MakeFile facts={facts} onChange={onChange} />}
    </section>
  );
}

const ICONS: Record<RenditionKind, IconName> = {
  composite: 'film',
  participant: 'person',
  mix: 'sound',
  'participant-sound': 'microphone',
  raw: 'box',
  quality: 'pulse',
};

function File({ facts, rendition, watched, onWatch, onChange }: FilesProps & { rendition: Rendition }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [listening, setListening] = useState(false);
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
    <li class="file" data-testid="rendition" data-rendition={rendition.id} data-kind={rendition.kind} data-state={rendition.state} aria-current={watched === rendition.id ? 'true' : undefined}>
      <span class="file-icon">
        <Icon name={ICONS[rendition.kind]} />
      </span>
      <span class="file-words">
        <span class="file-title">{label}</span>
        <Facts rendition={rendition} />
        {rendition.remarks.map((remark) => (
          <span class="hint" key={remark} data-testid="remark">
            {remark}
          </span>
        ))}
        {(refusal ?? rendition.failure) !== null && rendition.state === 'failed' && (
          <span class="status status-failed" role="alert" lang={refusal === null ? 'en' : undefined}>
            {refusal ?? rendition.failure}
          </span>
        )}
      </span>
      {rendition.state === 'ready' && rendition.kind === 'composite' && watched !== null && watched !== rendition.id && (
        <RoundButton
          icon="play"
          label={say('files.watch', { file: `${label}, ${FORMATS[rendition.format]}` })}
          testid="watch"
          onClick={() => onWatch(rendition.id)}
        />
      )}
      {rendition.state === 'ready' && isSound(rendition) && !listening && (
        <RoundButton icon="play" label={say('files.listen', { file: label })} testid="listen" onClick={() => setListening(true)} />
      )}
      {rendition.state === 'ready' && (
        <a
          class="round"
          href={contentLink(facts.id, rendition.id, true)}
          download={rendition.name}
          aria-label={say('do.downloadFile', { file: rendition.name })}
          title={say('do.downloadFile', { file: rendition.name })}
          data-testid="download-link"
          data-kind={rendition.kind}
        >
          <Icon name="download" />
        </a>
      )}
      {rendition.state === 'failed' && facts.mayChange && (
        <Button icon="again" busy={busy} testid="retry-button" onClick={() => void retry()}>
          {say('do.retry')}
        </Button>
      )}
      {listening && (
        <audio
          class="file-sound"
          ref={focusOn}
          controls
          autoplay
          src={contentLink(facts.id, rendition.id)}
          aria-label={label}
          data-testid="sound-player"
          onPlay={playAlone}
        />
      )}
    </li>
  );
}

/** What was pressed is gone; who goes by keyboard goes on from what took its place. */
function focusOn(element: HTMLElement | null) {
  element?.focus();
}

function Facts({ rendition }: { rendition: Rendition }) {
  switch (rendition.state) {
    case 'ready':
      return (
        <span class="row-facts">
          <span>{FORMATS[rendition.format]}</span>
          {rendition.durationMillis !== null && <span>{duration(rendition.durationMillis)}</span>}
          {rendition.sizeBytes !== null && <span>{size(rendition.sizeBytes)}</span>}
        </span>
      );
    case 'rendering':
      return (
        <span class="status status-making">
          <Progress value={rendition.progress ?? 0} label={say('recording.makingOne', { title: rendition.name })} />
          <span class="status-words">
            {percent(rendition.progress ?? 0)}
            {rendition.remainingMillis !== null && ` · ${remaining(rendition.remainingMillis)}`}
          </span>
        </span>
      );
    case 'queued':
      return <span class="hint">{say('files.queued')}</span>;
    case 'failed':
      return null;
  }
}
