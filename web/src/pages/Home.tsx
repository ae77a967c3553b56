import { useState } from 'preact/hooks';
import { makeSession, recordings, sentence, sessions, type Session } from '../api';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { go, Link } from '../router';
import { moment } from '../time';
import { Button } from '../ui/Button';
import { CopyLink } from '../ui/CopyLink';
import { TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { RecordingRows } from '../ui/RecordingRows';
import { Shell } from '../ui/Shell';
import { deleted } from '../watch/deletion';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { say } from '../words';

export function Home() {
  return (
    <Shell title="">
      <NewSession />
      <div class="home-lists">
        <Sessions />
        <Newest />
      </div>
    </Shell>
  );
}

function NewSession() {
  const [title, setTitle] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const make = async () => {
    if (title.trim() === '') {
      setError(say('home.titleMissing'));
      return;
    }
    setBusy(true);
    try {
      const session = await makeSession(title.trim());
      go(`/s/${encodeURIComponent(session.id)}`);
    } catch (reason) {
      setError(sentence(reason));
      setBusy(false);
    }
  };

  return (
    <section class="start" aria-labelledby="start-heading">
      <h1 id="start-heading">{say('home.title')}</h1>
      <p>{say('home.detail')}</p>
      <form
        class="start-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={say('home.newTitle')}
          hideLabel
          placeholder={say('home.newTitleExample')}
          value={title}
          maxLength={120}
          error={error}
          autocomplete="off"
          testid="new-session-title"
          onInput={(value) => {
            setTitle(value);
            setError(null);
          }}
        />
        <Button look="primary" type="submit" icon="plus" busy={busy} testid="new-session-button">
          {say('home.new')}
        </Button>
      </form>
    </section>
  );
}

function Sessions() {
  const poll = usePoll(() => sessions(), () => 5_000);
  const page = poll.value.value;
  const error = poll.error.value;
  return (
    <section aria-labelledby="sessions-heading">
      <div class="section-head">
        <h2 id="sessions-heading">{say('home.sessions')}</h2>
      </div>
      {page === null && error === null && <SkeletonRows rows={3} />}
      {page === null && error !== null && (
        <Failed what={say('home.sessionsFailed')} error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page?.items.length === 0 && (
        <Empty icon="people" title={say('home.noSessions')}>
          {say('home.noSessionsDetail')}
        </Empty>
      )}
      {page && page.items.length > 0 && (
        <ul class="rows">
          {page.items.slice(0, 8).map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const link = session.link || `${location.origin}/s/${encodeURIComponent(session.id)}`;
  return (
    <li class="row session-row" data-testid="session-row" data-session={session.id}>
      <span class="row-words">
        <span class="row-title">{session.title}</span>
        <span class="row-facts">
          {session.live > 0 ? (
            <span class="live-now">
              <span class="live-dot" />
              {say('home.there', { count: session.live })}
            </span>
          ) : (
            <span>{moment(session.createdAt)}</span>
          )}
          {session.recordings > 0 && <span>{say('home.recordings', { count: session.recordings })}</span>}
        </span>
      </span>
      <span class="row-actions">
        <CopyLink link={link} look="round" />
        <Link
          to={`/s/${encodeURIComponent(session.id)}`}
          class={`button ${session.live > 0 ? 'button-primary' : 'button-plain'}`}
          label={say('home.joinOne', { title: session.title })}
          testid="session-join"
        >
          {say('do.join')}
        </Link>
      </span>
    </li>
  );
}

function Newest() {
  const poll = usePoll(() => recordings(), (page) => (page?.items.some(isMoving) ? 1_000 : 5_000));
  const page = poll.value.value;
  const error = poll.error.value;
  const there = (page?.items ?? []).filter((recording) => !deleted.value.has(recording.id));
  return (
    <section aria-labelledby="recordings-heading">
      <div class="section-head">
        <h2 id="recordings-heading">{say('home.newest')}</h2>
        {there.length > 0 && (
          <Link to="/recordings" class="more">
            {say('home.allRecordings')} <Icon name="next" size={16} />
          </Link>
        )}
      </div>
      {page === null && error === null && <SkeletonRows rows={3} tall />}
      {page === null && error !== null && (
        <Failed what={say('recordings.failed')} error={error} onRetry={() => poll.now()} />
      )}
      {page && there.length === 0 && (
        <Empty icon="film" title={say('recordings.empty')}>
          {say('home.noRecordingsDetail')}
        </Empty>
      )}
      {there.length > 0 && <RecordingRows recordings={there.slice(0, 5)} />}
    </section>
  );
}
