import { useState } from 'preact/hooks';
import { ApiError, changeSession, recordings, session as load, type Invitee, type Session as Facts, type SessionPlan } from '../api';
import { MODE_WORDS } from '../modes';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { go, Link } from '../router';
import { Encoders } from '../session/Encoders';
import { Invitation } from '../session/Invitation';
import { SessionForm } from '../session/SessionForm';
import { DeleteSession } from '../session/DeleteSession';
import { When } from '../session/When';
import { Avatar } from '../ui/Avatar';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { useRecordingNews } from '../ui/News';
import { RecordingRows } from '../ui/RecordingRows';
import { Shell } from '../ui/Shell';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { toast } from '../ui/Toast';
import { deleted } from '../watch/deletion';
import { say, type Plain } from '../words';
import { Lost } from './Lost';

/** A session as its people see it: the way in, who comes, the invitation, what was recorded. */
export function Session({ id }: { id: string }) {
  const poll = usePoll(() => load(id), () => 5_000, id);
  const facts = poll.value.value;
  const error = poll.error.value;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <Shell title={say('lost.session')}>
        <Lost title={say('lost.sessionTitle')} detail={say('session.lostDetail')} />
      </Shell>
    );
  }
  return (
    <Shell title={facts?.title ?? say('room.page')}>
      <Link to="/" class="way-back">
        <Icon name="back" size={18} /> {say('home.sessions')}
      </Link>
      {facts === null && error !== null && <Failed what={say('join.failed')} error={error} onRetry={() => poll.now()} />}
      {facts === null && error === null && <SkeletonRows rows={4} />}
      {facts !== null && error !== null && <Stale error={error} />}
      {facts !== null && <Whole facts={facts} onChange={(changed) => poll.put(changed)} />}
    </Shell>
  );
}

function Whole({ facts, onChange }: { facts: Facts; onChange: (facts: Facts) => void }) {
  const [changing, setChanging] = useState(false);
  const mayChange = facts.role !== 'invited';
  if (changing) {
    const save = async (plan: SessionPlan) => {
      onChange(await changeSession(facts, plan));
      setChanging(false);
      toast(say('session.saved'));
    };
    return (
      <div class="narrow narrow-wide">
        <h1>{say('session.change')}</h1>
        <SessionForm start={planOf(facts)} what={() => say('do.save')} onSave={save} onCancel={() => setChanging(false)} />
        <DeleteSession facts={facts} onDeleted={() => go('/')} />
      </div>
    );
  }
  return (
    <div class="session" data-testid="session">
      <div class="session-head">
        <div class="session-words">
          <h1 data-testid="session-title">{facts.title}</h1>
          <p class="row-facts">
            <When session={facts} whole />
            <span>{say(MODE_WORDS[facts.mode].name)}</span>
            {facts.cameraHeight === 360 && facts.mode !== 'audio-no-video' && <span>{say('session.small')}</span>}
          </p>
        </div>
        <div class="session-actions">
          {mayChange && (
            <Button icon="pencil" testid="session-change" onClick={() => setChanging(true)}>
              {say('session.changeButton')}
            </Button>
          )}
          <Link to={roomPath(facts)} class="button button-primary" testid="session-join">
            {say('session.join')}
          </Link>
        </div>
      </div>
      <div class="session-columns">
        <Recorded session={facts.id} />
        <div class="session-side">
          {(mayChange || facts.link !== null) && <Invitation session={facts} mayChange={mayChange} onChange={onChange} />}
          <People facts={facts} />
          {mayChange && <Encoders session={facts.id} />}
        </div>
      </div>
    </div>
  );
}

/** Whoever sees the session comes in by its id, whatever became of the invitation. */
export function roomPath(facts: Facts): string {
  return `/s/${encodeURIComponent(facts.invitation ?? facts.id)}`;
}

function planOf(facts: Facts): SessionPlan {
  const addresses = (people: Invitee[]) => people.flatMap((person) => (person.email === null ? [] : [person.email]));
  return {
    title: facts.title,
    startsAt: facts.startsAt,
    timeZone: facts.timeZone,
    mode: facts.mode,
    cameraHeight: facts.cameraHeight,
    coHosts: addresses(facts.coHosts),
    invited: addresses(facts.invited),
  };
}

function People({ facts }: { facts: Facts }) {
  const groups: { word: Plain; people: Invitee[] }[] = [
    { word: 'role.host', people: facts.host ? [facts.host] : [] },
    { word: 'role.coHost', people: facts.coHosts },
    { word: 'role.invited', people: facts.invited },
  ];
  const people = groups.flatMap(({ word, people: of }) => of.map((person) => ({ person, word })));
  return (
    <section class="panel" aria-labelledby="people-heading">
      <h2 id="people-heading">{say('session.people')}</h2>
      <ul class="people">
        {people.map(({ person, word }, index) => (
          <li key={index}>
            <Avatar name={person.name ?? person.email ?? '?'} />
            <span class="row-words">
              <span class="row-title">{person.name ?? person.email}</span>
              {person.name !== null && person.email !== null && <span class="hint people-email">{person.email}</span>}
            </span>
            <span class="hint">{say(word)}</span>
          </li>
        ))}
      </ul>
      <p class="hint">{say('session.limit', { count: facts.limits.people })}</p>
    </section>
  );
}

function Recorded({ session }: { session: string }) {
  const poll = usePoll(
    () => recordings({ session }),
    (page) => (page?.items.some(isMoving) ? 1_000 : 5_000),
    session,
  );
  const page = poll.value.value;
  const error = poll.error.value;
  useRecordingNews(page?.items ?? null);
  const there = (page?.items ?? []).filter((recording) => !deleted.value.has(recording.id));
  return (
    <section aria-labelledby="recorded-heading">
      <div class="section-head">
        <h2 id="recorded-heading">{say('recordings.title')}</h2>
      </div>
      {page === null && error === null && <SkeletonRows rows={2} tall />}
      {page === null && error !== null && (
        <Failed what={say('recordings.failed')} error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page !== null && there.length === 0 && (
        <Empty icon="film" title={say('recordings.empty')}>
          {say('session.noRecordings')}
        </Empty>
      )}
      {there.length > 0 && <RecordingRows recordings={there} />}
    </section>
  );
}
