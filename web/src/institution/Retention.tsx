import { useState } from 'preact/hooks';
import { retention, type Due, type ErasedKind, type Gone } from '../api';
import { usePoll } from '../poll';
import { day, moment, size } from '../time';
import { SmallChoice } from '../ui/Field';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { Table } from '../ui/Table';
import { say, type Plain } from '../words';
import { daysWords } from './plans';

const KIND_WORDS: Record<ErasedKind, Plain> = { tape: 'kept.tape', raw: 'kept.raw', files: 'plan.files' };

const WAITS_WORDS: Record<NonNullable<Due['waits']>, Plain> = {
  held: 'waits.held',
  busy: 'waits.busy',
  'no-file': 'waits.noFile',
  tape: 'waits.tape',
};

const AHEAD = ['30', '90', '365'] as const;

/** What the plan will erase and when, as a dry run, and the proof of what it has erased. */
export function Retention() {
  const [days, setDays] = useState<(typeof AHEAD)[number]>('30');
  const poll = usePoll(() => retention(Number(days)), () => 30_000, days);
  const found = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <div class="section-head section-next">
        <h2>{say('retention.due')}</h2>
        <SmallChoice
          label={say('retention.ahead')}
          value={days}
          choices={AHEAD.map((count) => ({ value: count, label: say('retention.within', { count: Number(count) }) }))}
          onChange={setDays}
          testid="retention-ahead"
        />
      </div>
      {found === null && error === null && <SkeletonRows rows={3} />}
      {found === null && error !== null && <Failed what={say('retention.failed')} error={error} onRetry={() => poll.now()} />}
      {found !== null && error !== null && <Stale error={error} />}
      {found?.due.length === 0 && <p class="nothing">{say('retention.nothingDue')}</p>}
      {found !== null && found.due.length > 0 && <DueTable due={found.due} />}
      {found?.more && <p class="hint">{say('retention.more', { count: found.due.length })}</p>}
      {found !== null && (
        <>
          <div class="section-head section-next">
            <h2>{say('retention.erased')}</h2>
          </div>
          {found.erased.length === 0 ? (
            <p class="nothing">{say('retention.nothingErased')}</p>
          ) : (
            <ErasedTable erased={found.erased} />
          )}
        </>
      )}
    </>
  );
}

function DueTable({ due }: { due: Due[] }) {
  return (
    <Table
      label={say('retention.due')}
      rows={due}
      id={(one) => `${one.recording} ${one.kind}`}
      testid="due-row"
      columns={[
        { head: say('retention.recording'), long: true, cell: (one) => one.title },
        { head: say('retention.what'), cell: (one) => say(KIND_WORDS[one.kind]) },
        { head: say('retention.when'), cell: (one) => day(one.at) },
        { head: say('retention.size'), cell: (one) => size(one.sizeBytes) },
        { head: say('retention.waits'), cell: (one) => (one.waits === null ? '' : say(WAITS_WORDS[one.waits])) },
      ]}
    />
  );
}

function ErasedTable({ erased }: { erased: Gone[] }) {
  return (
    <Table
      label={say('retention.erased')}
      rows={erased}
      id={(one) => `${one.recording} ${one.kind}`}
      testid="erased-row"
      columns={[
        { head: say('retention.recording'), long: true, cell: (one) => one.title },
        { head: say('retention.what'), cell: (one) => say(KIND_WORDS[one.kind]) },
        { head: say('retention.when'), cell: (one) => moment(one.at) },
        { head: say('retention.rule'), cell: (one) => say('retention.after', { period: daysWords(one.days) }) },
        { head: say('retention.freed'), cell: (one) => size(one.sizeBytes) },
        { head: say('retention.key'), cell: (one) => (one.keyDestroyed ? say('retention.destroyed') : '') },
      ]}
    />
  );
}
