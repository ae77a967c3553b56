import { useState } from 'preact/hooks';
import { makeSession, recordings, sentence, sessions, type Session } from '../api';
import { count } from '../names';
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
      setError('Give the session a title.');
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
      <h1 id="start-heading">Talk now, keep every take</h1>
      <p>Make a session, send its link, and press Record when you are ready.</p>
      <form
        class="start-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label="Title of the session"
          hideLabel
          placeholder="Title, such as Weekly review"
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
          New session
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
        <h2 id="sessions-heading">Sessions</h2>
      </div>
      {page === null && error === null && <SkeletonRows rows={3} />}
      {page === null && error !== null && (
        <Failed what="The sessions could not be loaded" error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page?.items.length === 0 && (
        <Empty icon="people" title="No sessions yet">
          Give one a title above. You get a link to send to the people who should come.
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
              {count(session.live, 'person', 'people')} there
            </span>
          ) : (
            <span>{moment(session.createdAt)}</span>
          )}
          {session.recordings > 0 && <span>{count(session.recordings, 'recording', 'recordings')}</span>}
        </span>
      </span>
      <span class="row-actions">
        <CopyLink link={link} look="round" />
        <Link
          to={`/s/${encodeURIComponent(session.id)}`}
          class={`button ${session.live > 0 ? 'button-primary' : 'button-plain'}`}
          label={`Join ${session.title}`}
          testid="session-join"
        >
          Join
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
        <h2 id="recordings-heading">Newest recordings</h2>
        {there.length > 0 && (
          <Link to="/recordings" class="more">
            All recordings <Icon name="next" size={16} />
          </Link>
        )}
      </div>
      {page === null && error === null && <SkeletonRows rows={3} tall />}
      {page === null && error !== null && (
        <Failed what="The recordings could not be loaded" error={error} onRetry={() => poll.now()} />
      )}
      {page && there.length === 0 && (
        <Empty icon="film" title="Nothing recorded yet">
          Join a session and press Record. What was said and seen appears here.
        </Empty>
      )}
      {there.length > 0 && <RecordingRows recordings={there.slice(0, 5)} />}
    </section>
  );
}
