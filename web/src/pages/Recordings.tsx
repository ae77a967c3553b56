import { useState } from 'preact/hooks';
import { recordings, sentence, type Recording } from '../api';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { Link } from '../router';
import { Button } from '../ui/Button';
import { RecordingRows } from '../ui/RecordingRows';
import { Shell } from '../ui/Shell';
import { deleted } from '../watch/deletion';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { say } from '../words';

export function Recordings() {
  const poll = usePoll(() => recordings(), (page) => (page?.items.some(isMoving) ? 1_000 : 5_000));
  const [older, setOlder] = useState<Recording[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const page = poll.value.value;
  const error = poll.error.value;
  const more = next === undefined ? (page?.next ?? null) : next;

  const loadMore = async (after: string) => {
    setBusy(true);
    setTrouble(null);
    try {
      const found = await recordings({ after });
      setOlder([...older, ...found.items]);
      setNext(found.next);
    } catch (reason) {
      setTrouble(sentence(reason));
    } finally {
      setBusy(false);
    }
  };

  const newest = page?.items ?? [];
  const seen = new Set(newest.map((recording) => recording.id));
  const all = [...newest, ...older.filter((recording) => !seen.has(recording.id))].filter(
    (recording) => !deleted.value.has(recording.id),
  );
  return (
    <Shell title={say('recordings.title')}>
      <div class="page-head">
        <h1>{say('recordings.title')}</h1>
      </div>
      {page === null && error === null && <SkeletonRows rows={5} tall />}
      {page === null && error !== null && (
        <Failed what={say('recordings.failed')} error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page && all.length === 0 && (
        <>
          <Empty icon="film" title={say('recordings.empty')}>
            {say('recordings.emptyDetail')}
          </Empty>
          <p class="empty-way">
            <Link to="/" class="button button-primary">
              {say('recordings.toSessions')}
            </Link>
          </p>
        </>
      )}
      {all.length > 0 && <RecordingRows recordings={all} />}
      {more !== null && (
        <div class="load-more">
          {trouble !== null && <p class="field-error">{trouble}</p>}
          <Button busy={busy} onClick={() => void loadMore(more)}>
            {say('recordings.older')}
          </Button>
        </div>
      )}
    </Shell>
  );
}
