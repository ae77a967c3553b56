import { useEffect } from 'preact/hooks';
import { recordings, serverNow, type Recording } from '../api';
import { Ear, type News } from '../news';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { Link, route } from '../router';
import { say } from '../words';
import { toast } from './Toast';

const WATCHED = 20;
const MILLIS_MOVING = 2_000;
const MILLIS_STILL = 10_000;
/** Long enough to get to the link. */
const SHOWN_MILLIS = 20_000;

let ear: Ear | null = null;

/** Takes in what the server has just said of recordings, and tells what is new. */
export function hear(found: readonly Recording[]): void {
  ear ??= new Ear(serverNow() - performance.now(), tell);
  ear.hear(found);
}

export function useRecordingNews(found: readonly Recording[] | null): void {
  useEffect(() => {
    if (found !== null) hear(found);
  }, [found]);
}

/** On whichever page: what becomes of the recordings that who is signed in may see. */
export function RecordingNews() {
  const poll = usePoll(
    () => recordings({ limit: WATCHED }),
    (page) => (page?.items.some(isMoving) ? MILLIS_MOVING : MILLIS_STILL),
  );
  useRecordingNews(poll.value.value?.items ?? null);
  return null;
}

function tell(news: News, recording: Recording): void {
  const { page } = route.value;
  const outcome = news === 'ready' || news === 'filesFailed';
  // The room says by itself what is recorded there; what begins elsewhere does not disturb a call.
  if (!outcome && (page === 'room' || page === 'join')) return;
  const bad = news === 'startFailed' || news === 'filesFailed';
  toast(<Told news={news} recording={recording} />, {
    icon: bad ? 'warning' : news === 'ready' ? 'check' : 'film',
    millis: SHOWN_MILLIS,
  });
}

function Told({ news, recording }: { news: News; recording: Recording }) {
  const current = route.value;
  const to = `/recordings/${encodeURIComponent(recording.id)}`;
  const here = current.page === 'recording' && current.recording === recording.id;
  return (
    <>
      <span data-testid="news" data-news={news}>
        {say(`news.${news}`, { title: recording.title })}
      </span>
      {!here && <ToRecording to={to} apart={current.page === 'room'} />}
    </>
  );
}

/** Nobody leaves a room by it. */
export function ToRecording({ to, apart }: { to: string; apart: boolean }) {
  return apart ? (
    <a href={to} target="_blank" data-testid="toast-recording">
      {say('room.open')}
    </a>
  ) : (
    <Link to={to} testid="toast-recording">
      {say('room.open')}
    </Link>
  );
}
