import { useMemo, useState } from 'preact/hooks';
import { ApiError, contentLink, recording as load, serverNow, type Recording as Facts, type Rendition } from '../api';
import { MODE_WORDS } from '../modes';
import { huesOf, listOf } from '../names';
import { usePoll, type Poll } from '../poll';
import { filesErased, headline, isLive, isMoving, lengthMillis } from '../progress';
import { Link } from '../router';
import { duration, moment, percent, remaining, size } from '../time';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { useRecordingNews } from '../ui/News';
import { Shell } from '../ui/Shell';
import { Failed, Progress, Stale } from '../ui/states';
import { DeleteButton } from '../watch/DeleteButton';
import { Files } from '../watch/Files';
import { FilmPlayer, placeOf } from '../watch/FilmPlayer';
import { KeptUntil } from '../watch/KeptUntil';
import { Player } from '../watch/Player';
import { Views } from '../watch/Views';
import { TitleInPlace } from '../watch/TitleInPlace';
import { WantFilm } from '../watch/WantFilm';
import { Lost } from './Lost';
import { say } from '../words';

export function Recording({ id }: { id: string }) {
  const poll = usePoll(() => load(id), (facts) => (facts === null || isMoving(facts) ? 1_000 : 30_000), id);
  const facts = poll.value.value;
  const seen = useMemo(() => (facts === null ? null : [facts]), [facts]);
  useRecordingNews(seen);
  const error = poll.error.value;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Shell title={say('lost.recording')}>
        <Lost title={say('lost.recordingTitle')} detail={say('lost.recordingDetail')} />
      </Shell>
    );
  }
  return (
    <Shell title={facts?.title ?? say('recording.title')}>
      <Link to="/recordings" class="way-back">
        <Icon name="back" size={18} /> {say('recordings.title')}
      </Link>
      {facts === null && error !== null && (
        <Failed what={say('recording.failed')} error={error} onRetry={() => poll.now()} />
      )}
      {facts === null && error === null && <span class="skeleton skeleton-player" aria-label={say('do.loading')} />}
      {facts !== null && error !== null && <Stale error={error} />}
      {facts !== null && <Watch facts={facts} poll={poll} />}
    </Shell>
  );
}

function Watch({ facts, poll }: { facts: Facts; poll: Poll<Facts> }) {
  const length = lengthMillis(facts, serverNow());
  const names = facts.people.map((person) => person.name);
  const hues = huesOf(names);
  const main = mainOf(facts);
  const [chosen, setChosen] = useState<string | null>(null);
  const watched = main?.state === 'ready' ? (filmOf(facts, chosen) ?? main) : undefined;
  return (
    <div class="watch" data-testid="recording" data-state={facts.state}>
      <div class="watch-main">
        <Views facts={facts} onChange={(changed) => poll.put(changed)}>
          <Screen facts={facts} watched={watched} onAsked={() => poll.now()} />
        </Views>
        <div class="watch-head">
          <div class="watch-words">
            <TitleInPlace facts={facts} fixed={!facts.mayChange} onChange={(changed) => poll.put(changed)} />
            <p class="row-facts">
              {facts.sessionTitle && (
                <Link to={`/sessions/${encodeURIComponent(facts.session)}`} class="quiet-link">
                  {facts.sessionTitle}
                </Link>
              )}
              <span data-testid="recording-mode">{say(MODE_WORDS[facts.mode].name)}</span>
              {facts.startedAt && <span>{moment(facts.startedAt)}</span>}
              {length !== null && !isLive(facts) && <span>{duration(length)}</span>}
              {names.length > 0 && <span>{say('list.people', { count: names.length })}</span>}
              {facts.sizeBytes !== null && facts.sizeBytes > 0 && <span>{size(facts.sizeBytes)}</span>}
            </p>
            {facts.failure !== null && facts.state !== 'failed' && (
              <p class="hint" data-testid="recording-remark">
                {facts.failure}
              </p>
            )}
          </div>
          <div class="watch-actions">
            {main?.state === 'ready' && (
              <a
                class="button button-plain"
                href={contentLink(facts.id, main.id, true)}
                download={main.name}
                data-testid="download-button"
              >
                <Icon name="download" size={18} />
                {say('do.download')}
              </a>
            )}
            {facts.mayChange && <DeleteButton facts={facts} />}
          </div>
        </div>
        {names.length > 0 && (
          <ul class="watch-people" aria-label={listOf(names, names.length)}>
            {facts.people.map((person, index) => (
              <li key={person.person}>
                <Avatar name={person.name} hue={hues[index] ?? 0} size="small" />
                {person.name}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="watch-side">
        <Files facts={facts} watched={watched?.id ?? null} onWatch={setChosen} onChange={(changed) => poll.put(changed)} />
        <KeptUntil facts={facts} onChange={() => poll.now()} />
      </div>
    </div>
  );
}

/** What is played and offered first: everybody together, in sound where nothing else was recorded. */
function mainOf(facts: Facts): Rendition | undefined {
  const [kind, format] = facts.mode === 'video' ? ['composite', 'mp4'] : ['mix', 'mp3'];
  return facts.renditions.find(
    (rendition) => rendition.kind === kind && rendition.format === format && rendition.layout === null,
  );
}

/** Another film of it that somebody chose, if that is there. */
function filmOf(facts: Facts, chosen: string | null): Rendition | undefined {
  return facts.renditions.find((one) => one.id === chosen && one.kind === 'composite' && one.state === 'ready');
}

/** The player, or why there is none yet. */
function Screen({ facts, watched, onAsked }: { facts: Facts; watched: Rendition | undefined; onAsked: () => void }) {
  const main = mainOf(facts);
  const soundOnly = facts.mode !== 'video';
  if (watched !== undefined) {
    return (
      <Player
        facts={facts}
        source={contentLink(facts.id, watched.id)}
        soundOnly={soundOnly}
        begin={() => placeOf(facts.id)}
        key={main?.sha256 ?? facts.id}
      />
    );
  }
  if (facts.state === 'failed' || main?.state === 'failed') {
    const why = facts.failure ?? main?.failure ?? null;
    return (
      <div class="screen" data-testid="screen-failed">
        <Icon name="warning" size={28} />
        <p class="screen-title">{say('recording.nothing')}</p>
        {why === null ? <p>{say('recording.whyNothing')}</p> : <p lang="en">{why}</p>}
      </div>
    );
  }
  if (filesErased(facts)) {
    return (
      <div class="screen" data-testid="screen-erased">
        <p class="screen-title">{say('keeping.nothingLeft')}</p>
      </div>
    );
  }
  if (facts.state === 'ready' && main === undefined) return <WantFilm recording={facts.id} onAsked={onAsked} />;
  const waiting = <Waiting facts={facts} main={main} soundOnly={soundOnly} />;
  return soundOnly ? waiting : <FilmPlayer recording={facts.id} title={facts.title}>{waiting}</FilmPlayer>;
}

/** What is said as long as nothing can be seen or heard. */
function Waiting({ facts, main, soundOnly }: { facts: Facts; main: Rendition | undefined; soundOnly: boolean }) {
  if (isLive(facts)) {
    return (
      <div class="screen" data-testid="screen-live">
        <p class="screen-title">
          <span class="rec-dot" /> <span class="running">{headline(facts, serverNow())}</span>
        </p>
        <p>{say(soundOnly ? 'recording.listenSoon' : 'recording.watchSoon')}</p>
      </div>
    );
  }
  const left = main?.remainingMillis ?? null;
  const progress = main?.progress ?? 0;
  return (
    <div class="screen" data-testid="screen-making">
      <p class="screen-title">{say('recording.making')}</p>
      <Progress value={progress} label={say('recording.makingLabel')} />
      <p class="running">
        {percent(progress)}
        {left !== null && ` · ${remaining(left)}`}
      </p>
    </div>
  );
}
