import { useState } from 'preact/hooks';
import { serverNow, type Recording } from '../api';
import { listOf } from '../names';
import {
  failedFiles,
  filesErased,
  headline,
  isBeingProduced,
  isLive,
  lengthMillis,
  remainingMillis,
  wholeProgress,
} from '../progress';
import { Link } from '../router';
import { duration, moment, percent, remaining, size } from '../time';
import { DeleteButton } from '../watch/DeleteButton';
import { say } from '../words';
import { Mosaic } from './Avatar';
import { Icon } from './Icon';
import { Progress } from './states';

export function RecordingRows({ recordings, bins }: { recordings: Recording[]; bins?: boolean }) {
  return (
    <ul class="rows">
      {recordings.map((recording) => (
        <RecordingRow key={recording.id} recording={recording} bin={bins === true && recording.mayChange} />
      ))}
    </ul>
  );
}

function RecordingRow({ recording, bin }: { recording: Recording; bin: boolean }) {
  const names = recording.people.map((person) => person.name);
  const length = lengthMillis(recording, serverNow());
  return (
    <li class="row-frame">
      <Link
        to={`/recordings/${encodeURIComponent(recording.id)}`}
        class="row recording-row"
        testid="recording-row"
        data={{ recording: recording.id, state: recording.state }}
      >
        <Thumbnail recording={recording} names={names} />
        <span class="row-words">
          <span class="row-title">{recording.title}</span>
          <span class="row-facts">
            {recording.startedAt && <span>{moment(recording.startedAt)}</span>}
            {length !== null && length > 0 && !isLive(recording) && <span>{duration(length)}</span>}
            {recording.sizeBytes !== null && recording.state === 'ready' && <span>{size(recording.sizeBytes)}</span>}
          </span>
          {names.length > 0 && <span class="row-names">{listOf(names)}</span>}
          <RecordingStatus recording={recording} />
        </span>
      </Link>
      {bin && (
        <span class="row-bin">
          <DeleteButton facts={recording} stay />
        </span>
      )}
    </li>
  );
}

/** A picture of it; as long as there is none, of who was there. */
function Thumbnail({ recording, names }: { recording: Recording; names: string[] }) {
  const [broken, setBroken] = useState(false);
  return (
    <span class="thumbnail">
      {recording.thumbnail && !broken ? (
        <img
          src={recording.thumbnail}
          alt=""
          width={320}
          height={180}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      ) : (
        <Mosaic names={names} />
      )}
    </span>
  );
}

/** Where a recording is: nothing to say when it is ready and whole. */
export function RecordingStatus({ recording }: { recording: Recording }) {
  const failed = failedFiles(recording);
  if (filesErased(recording)) {
    return (
      <span class="status" data-testid="status">
        {say('keeping.nothingLeft')}
      </span>
    );
  }
  if (recording.state === 'ready' && !isBeingProduced(recording)) {
    if (failed === 0) return null;
    const all = failed === recording.renditions.length;
    return (
      <span class="status status-failed" data-testid="status">
        <Icon name="warning" size={16} />
        {all ? say('recording.allFilesFailed') : say('recording.filesFailed', { count: failed })}
      </span>
    );
  }
  if (recording.state === 'failed') {
    return (
      <span class="status status-failed" data-testid="status">
        <Icon name="warning" size={16} />
        {recording.failure ?? say('recording.hasFailed')}
      </span>
    );
  }
  if (isLive(recording)) {
    return (
      <span class="status status-live" data-testid="status">
        <span class="rec-dot" />
        {headline(recording, serverNow())}
      </span>
    );
  }
  const progress = wholeProgress(recording);
  const left = remainingMillis(recording);
  return (
    <span class="status status-making" data-testid="status">
      <Progress value={progress} label={say('recording.makingOne', { title: recording.title })} />
      <span class="status-words">
        {percent(progress)}
        {left !== null && ` · ${remaining(left)}`}
      </span>
    </span>
  );
}
