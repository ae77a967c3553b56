import { useState } from 'preact/hooks';
import { audit, type AuditEntry } from '../api';
import { usePoll } from '../poll';
import { momentWithSeconds } from '../time';
import { Button } from '../ui/Button';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { Table } from '../ui/Table';
import { useWork } from '../ui/work';
import { say, sayIfKnown } from '../words';

/** By what it was done: a browser, a key by its name. */
function wordsOfMeans(means: string): string {
  const key = /^key: (.*)$/.exec(means)?.[1];
  return key === undefined ? (sayIfKnown(`means.${means}`) ?? means) : say('means.key', { name: key });
}

/** What people did, the newest first. */
export function Audit() {
  const poll = usePoll(() => audit(), () => 15_000);
  const [older, setOlder] = useState<AuditEntry[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const work = useWork();
  const page = poll.value.value;
  const error = poll.error.value;
  const more = next === undefined ? (page?.next ?? null) : next;
  const seen = new Set((page?.items ?? []).map((entry) => entry.id));
  const all = [...(page?.items ?? []), ...older.filter((entry) => !seen.has(entry.id))];
  return (
    <>
      <div class="section-head">
        <h2>{say('audit.title')}</h2>
      </div>
      {page === null && error === null && <SkeletonRows rows={6} />}
      {page === null && error !== null && <Failed what={say('audit.failed')} error={error} onRetry={() => poll.now()} />}
      {page !== null && error !== null && <Stale error={error} />}
      {page !== null && all.length === 0 && (
        <Empty icon="list" title={say('audit.empty')}>
          {say('audit.emptyDetail')}
        </Empty>
      )}
      {all.length > 0 && (
        <Table
          label={say('audit.title')}
          rows={all}
          id={(entry) => entry.id}
          testid="audit-row"
          columns={[
            { head: say('audit.when'), cell: (entry) => <span class="running">{momentWithSeconds(entry.at)}</span> },
            { head: say('audit.who'), cell: (entry) => entry.name },
            { head: say('audit.what'), cell: (entry) => sayIfKnown(`action.${entry.action}`) ?? entry.action },
            {
              head: say('audit.object'),
              long: true,
              cell: (entry) => entry.detail ?? (entry.object === null ? '' : <code>{entry.object}</code>),
            },
            { head: say('audit.by'), cell: (entry) => wordsOfMeans(entry.means) },
            { head: say('audit.address'), cell: (entry) => entry.address ?? '' },
          ]}
        />
      )}
      {more !== null && (
        <div class="load-more">
          {work.trouble !== null && (
            <p class="field-error" role="alert">
              {work.trouble}
            </p>
          )}
          <Button
            busy={work.busy}
            onClick={() =>
              void work.run(async () => {
                const found = await audit(more);
                setOlder([...older, ...found.items]);
                setNext(found.next);
              })
            }
          >
            {say('recordings.more')}
          </Button>
        </div>
      )}
    </>
  );
}
