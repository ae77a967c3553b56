import { recordings, sessions, type Session } from '../api';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { Link } from '../router';
import { When } from '../session/When';
import { CopyLink } from '../ui/CopyLink';
import { Icon } from '../ui/Icon';
import { useRecordingNews } from '../ui/News';
import { RecordingRows } from '../ui/RecordingRows';
import { Shell } from '../ui/Shell';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { deleted } from '../watch/deletion';
import { say } from '../words';
import { roomPath } from './Session';

const SHOWN_SESSIONS = 20;
const SHOWN_RECORDINGS = 5;

/** What is next, and what was recorded. */
export function Home() {
  const poll = usePoll(
    () => recordings({ limit: SHOWN_RECORDINGS + 5 }),
    (page) => (page?.items.some(isMoving) ? 1_000 : 5_000),
  );
  const page = poll.value.value;
  useRecordingNews(page?.items ?? null);
  const recorded = (page?.items ?? []).filter((recording) => !deleted.value.has(recording.id));
  return (
    <Shell title="">
      <div class={recorded.length > 0 ? 'home-lists' : ''}>
        <section aria-labelledby="sessions-heading">
          <div class="section-head">
            <h1 id="sessions-heading">{say('home.mySessions')}</h1>
            <Link to="/sessions/new" class="button button-primary" testid="new-session-button">
              <Icon name="plus" size={18} />
              {say('home.new')}
            </Link>
          </div>
          <Sessions />
        </section>
        {recorded.length > 0 && (
          <section aria-labelledby="recordings-heading" data-testid="recorded-sessions">
            <div class="section-head">
              <h2 id="recordings-heading">{say('home.recorded')}</h2>
              <Link to="/recordings" class="more">
                {say('home.allRecordings')} <Icon name="next" size={16} />
              </Link>
            </div>
            {poll.error.value !== null && <Stale error={poll.error.value} />}
            <RecordingRows recordings={recorded.slice(0, SHOWN_RECORDINGS)} />
          </section>
        )}
        {page === null && poll.error.value !== null && (
          <Failed what={say('recordings.failed')} error={poll.error.value} onRetry={() => poll.now()} />
        )}
      </div>
    </Shell>
  );
}

function Sessions() {
  const poll = usePoll(() => sessions({ limit: SHOWN_SESSIONS }), () => 5_000);
  const page = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      {page === null && error === null && <SkeletonRows rows={4} />}
      {page === null && error !== null && (
        <Failed what={say('home.sessionsFailed')} error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page?.items.length === 0 && (
        <Empty icon="calendar" title={say('home.noSessions')}>
          {say('home.noSessionsDetail')}
        </Empty>
      )}
      {page && page.items.length > 0 && (
        <ul class="rows">
          {page.items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </>
  );
}

function SessionRow({ session }: { session: Session }) {
  return (
    <li class="row session-row" data-testid="session-row" data-session={session.id}>
      <span class="row-words">
        <Link to={`/sessions/${encodeURIComponent(session.id)}`} class="row-title row-link">
          {session.title}
        </Link>
        <span class="row-facts">
          <When session={session} />
          {session.role === 'invited' && session.host?.name && <span>{session.host.name}</span>}
          {session.recordings > 0 && <span>{say('home.recordings', { count: session.recordings })}</span>}
        </span>
      </span>
      <span class="row-actions">
        {session.link !== null && <CopyLink link={session.link} look="round" />}
        <Link
          to={roomPath(session)}
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
