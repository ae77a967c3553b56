import { useEffect, useRef, useState } from 'preact/hooks';
import { recordings, RECORDING_SORTS, sentence, type Recording, type RecordingSort } from '../api';
import { usePoll } from '../poll';
import { isMoving } from '../progress';
import { go, Link, searched } from '../router';
import { Button } from '../ui/Button';
import { SmallChoice } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { useRecordingNews } from '../ui/News';
import { RecordingRows } from '../ui/RecordingRows';
import { Shell } from '../ui/Shell';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { deleted } from '../watch/deletion';
import { say, type Plain } from '../words';

const TYPING_MILLIS = 200;
const SORT_WORDS: Record<RecordingSort, Plain> = {
  newest: 'sort.newest',
  oldest: 'sort.oldest',
  title: 'sort.title',
  longest: 'sort.longest',
};

interface Wanted {
  q: string;
  sort: RecordingSort;
}

/** All recordings that one may see; what is searched stands in the address. */
export function Recordings() {
  const asked = searched.value;
  const wanted: Wanted = {
    q: asked.get('q') ?? '',
    sort: RECORDING_SORTS.find((one) => one === asked.get('sort')) ?? 'newest',
  };
  return (
    <Shell title={say('recordings.title')}>
      <div class="page-head page-head-row">
        <h1>{say('recordings.title')}</h1>
        <Search wanted={wanted} />
      </div>
      <Found wanted={wanted} key={`${wanted.sort} ${wanted.q}`} />
    </Shell>
  );
}

function show({ q, sort }: Wanted): void {
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(sort === 'newest' ? {} : { sort }) });
  go(`/recordings${query.size > 0 ? `?${query}` : ''}`, { replace: true, stay: true });
}

function Search({ wanted }: { wanted: Wanted }) {
  const [typed, setTyped] = useState(wanted.q);
  const sent = useRef(wanted.q);

  useEffect(() => {
    // The address changed another way: Back, say.
    if (wanted.q === sent.current) return;
    sent.current = wanted.q;
    setTyped(wanted.q);
  }, [wanted.q]);

  useEffect(() => {
    const q = typed.trim();
    if (q === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = q;
      show({ ...wanted, q });
    }, TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [typed, wanted.sort]);

  return (
    <div class="search" role="search">
      <span class="search-field">
        <Icon name="search" size={18} />
        <input
          type="search"
          class="input"
          aria-label={say('recordings.search')}
          placeholder={say('recordings.searchExample')}
          value={typed}
          maxLength={200}
          autocomplete="off"
          data-testid="recordings-search"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </span>
      <SmallChoice
        label={say('sort.label')}
        value={wanted.sort}
        choices={RECORDING_SORTS.map((one) => ({ value: one, label: say(SORT_WORDS[one]) }))}
        onChange={(sort) => show({ ...wanted, sort })}
        testid="recordings-sort"
      />
    </div>
  );
}

function Found({ wanted }: { wanted: Wanted }) {
  const search = { sort: wanted.sort, ...(wanted.q === '' ? {} : { q: wanted.q }) };
  const poll = usePoll(
    () => recordings(search),
    (page) => (page?.items.some(isMoving) ? 1_000 : 5_000),
  );
  const [older, setOlder] = useState<Recording[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const page = poll.value.value;
  const error = poll.error.value;
  const more = next === undefined ? (page?.next ?? null) : next;
  useRecordingNews(page?.items ?? null);

  const first = page?.items ?? [];
  const seen = new Set(first.map((recording) => recording.id));
  const all = [...first, ...older.filter((recording) => !seen.has(recording.id))].filter(
    (recording) => !deleted.value.has(recording.id),
  );
  return (
    <>
      {page === null && error === null && <SkeletonRows rows={5} tall />}
      {page === null && error !== null && (
        <Failed what={say('recordings.failed')} error={error} onRetry={() => poll.now()} />
      )}
      {page !== null && error !== null && <Stale error={error} />}
      {page && all.length === 0 && (wanted.q === '' ? <Nothing /> : <NotFound q={wanted.q} />)}
      {all.length > 0 && <RecordingRows recordings={all} bins />}
      {more !== null && (
        <More
          load={async () => {
            const found = await recordings({ ...search, after: more });
            setOlder([...older, ...found.items]);
            setNext(found.next);
          }}
          key={more}
        />
      )}
    </>
  );
}

function Nothing() {
  return (
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
  );
}

function NotFound({ q }: { q: string }) {
  return (
    <Empty icon="search" title={say('recordings.notFound', { text: q })}>
      {say('recordings.notFoundDetail')}
    </Empty>
  );
}

/** The rest comes when one gets there; the button does it, too, and says why it did not come. */
function More({ load }: { load: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);

  const begin = () => {
    setBusy(true);
    setTrouble(null);
    load().catch((reason: unknown) => {
      setTrouble(sentence(reason));
      setBusy(false);
    });
  };

  useEffect(() => {
    const element = place.current;
    if (!element || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        begin();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div class="load-more" ref={place}>
      {trouble !== null && (
        <p class="field-error" role="alert">
          {trouble}
        </p>
      )}
      <Button busy={busy} onClick={begin}>
        {say('recordings.more')}
      </Button>
    </div>
  );
}
