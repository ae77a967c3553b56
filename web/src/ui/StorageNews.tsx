import { useEffect } from 'preact/hooks';
import { storage, type Step } from '../api';
import { stepToTell } from '../fullness';
import { recall, remember } from '../memory';
import { usePoll } from '../poll';
import { Link, route } from '../router';
import { percent } from '../time';
import { say } from '../words';
import { toast } from './Toast';

const EVERY_MILLIS = 60_000;
/** Long enough to get to the link. */
const SHOWN_MILLIS = 20_000;

/** On whichever page: how full the storage is that a manager looks after. A call is not disturbed for it. */
export function StorageNews({ organisation }: { organisation: string }) {
  const poll = usePoll(storage, () => EVERY_MILLIS, organisation);
  const kept = poll.value.value;
  const { page } = route.value;
  useEffect(() => {
    if (kept === null || page === 'room' || page === 'join') return;
    const step = stepToTell(kept, recall(`storage.${organisation}`));
    if (step === null) return;
    remember(`storage.${organisation}`, step.since);
    toast(<Told step={step} />, { icon: 'warning', millis: SHOWN_MILLIS });
  }, [kept, page]);
  return null;
}

function Told({ step }: { step: Step }) {
  return (
    <>
      <span data-testid="storage-news">
        {step.percent >= 100 ? say('news.storageFull') : say('news.storage', { share: percent(step.percent / 100) })}
      </span>
      <Link to="/institution/storage">{say('storage.title')}</Link>
    </>
  );
}
