import type { ComponentChildren } from 'preact';
import { me } from '../account';
import { health, type Health as Facts, type HealthPart, type HealthState, type JobFailure } from '../api';
import { usePoll } from '../poll';
import { duration, moment, percent, size } from '../time';
import { Icon } from '../ui/Icon';
import { Shell } from '../ui/Shell';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { Table } from '../ui/Table';
import { language, say, sayIfKnown, writeNumber, type Plain } from '../words';
import { Lost } from './Lost';

const STATE_WORDS: Record<HealthState, { short: Plain; whole: Plain }> = {
  ok: { short: 'health.ok', whole: 'health.allOk' },
  warning: { short: 'health.warning', whole: 'health.someWarning' },
  bad: { short: 'health.bad', whole: 'health.someBad' },
};

/** How the server does, for whoever runs it. */
export function Health() {
  if (!me.value?.operator) {
    return (
      <Shell title={say('menu.health')}>
        <Lost title={say('lost.notForYou')} detail={say('lost.notForYouDetail')} />
      </Shell>
    );
  }
  return <ForOperator />;
}

function ForOperator() {
  const poll = usePoll(health, () => 5_000);
  const facts = poll.value.value;
  const error = poll.error.value;
  return (
    <Shell title={say('menu.health')}>
      <div class="page-head">
        <h1>{say('menu.health')}</h1>
      </div>
      {facts === null && error === null && <SkeletonRows rows={6} />}
      {facts === null && error !== null && <Failed what={say('health.failed')} error={error} onRetry={() => poll.now()} />}
      {facts !== null && error !== null && <Stale error={error} />}
      {facts !== null && <Parts facts={facts} />}
    </Shell>
  );
}

function Parts({ facts }: { facts: Facts }) {
  const { rooms, spool, backlog, network, jobs, database, clock } = facts;
  const n = (number: number | null) => (number === null ? say('health.unknown') : writeNumber(number));
  const millis = (number: number | null) => (number === null ? say('health.unknown') : say('health.millis', { count: Math.round(number) }));
  return (
    <div class="health" data-testid="health" data-state={facts.state}>
      <p class={`health-whole health-${facts.state}`} role="status">
        <Icon name={facts.state === 'ok' ? 'check' : 'warning'} />
        {say(STATE_WORDS[facts.state].whole)}
      </p>
      <p class="row-facts">
        <span>{say('health.version', { version: facts.version })}</span>
        <span>{say('health.up', { duration: duration(Date.parse(facts.at) - Date.parse(facts.upSince)) })}</span>
      </p>
      <ul class="rows health-parts">
        <Part title={say('health.rooms')} part={rooms}>
          {say('health.roomsFacts', { rooms: rooms.rooms, people: rooms.people, recordings: rooms.recordings })}
        </Part>
        <Part title={say('health.spool')} part={spool}>
          {say('health.spoolFacts', { size: size(spool.sizeBytes), dropped: n(spool.droppedPackets) })}
        </Part>
        <Part title={say('health.backlog')} part={backlog}>
          {say('health.backlogFacts', { count: backlog.segments, size: size(backlog.sizeBytes) })}
          {backlog.oldestMillis !== null && ` ${say('health.oldest', { duration: duration(backlog.oldestMillis) })}`}
        </Part>
        {facts.disks.map((disk) => (
          <Part key={disk.path} title={say('health.disk', { path: disk.path })} part={disk}>
            {say('health.diskFacts', {
              free: size(disk.freeBytes),
              total: size(disk.totalBytes),
              share: percent(disk.totalBytes > 0 ? disk.freeBytes / disk.totalBytes : 0),
            })}{' '}
            {disk.reserveBytes > 0 && `${say('health.diskReserve', { size: size(disk.reserveBytes) })} `}
            {disk.fullInMillis !== null && `${say('health.diskFullIn', { duration: duration(disk.fullInMillis) })} `}
            {say('health.diskHolds', { what: disk.holds.join(', ') })}
          </Part>
        ))}
        <Part title={say('health.network')} part={network}>
          {say('health.networkFacts', { ports: network.ports.join(', '), dropped: n(network.droppedDatagrams), buffer: size(network.receiveBufferBytes) })}
        </Part>
        <Part title={say('health.jobs')} part={jobs}>
          {say('health.jobsFacts', { queued: jobs.queued, running: jobs.running, failed: jobs.failed })}
        </Part>
        <Part title={say('health.database')} part={database}>
          {say('health.databaseFacts', {
            answer: millis(database.answerMillis),
            busy: database.busyConnections,
            most: database.mostConnections,
          })}
        </Part>
        <Part title={say('health.clock')} part={clock}>
          {say('health.clockFacts', { offset: millis(clock.offsetMillis) })}
        </Part>
      </ul>
      {jobs.failures.length > 0 && <Failures failures={jobs.failures} />}
    </div>
  );
}

function Part({ title, part, children }: { title: string; part: HealthPart; children: ComponentChildren }) {
  const told = part.reason === null ? null : sayIfKnown(`reason.${part.reason}`);
  return (
    <li class="row health-part" data-state={part.state}>
      <span class="row-words">
        <span class="row-title">{title}</span>
        <span class="row-facts-plain">{children}</span>
        {part.state !== 'ok' && told !== null && language.value !== 'en' && <span>{told}</span>}
        {part.state !== 'ok' && (
          <span class="health-sentence" lang="en">
            {part.sentence}
          </span>
        )}
      </span>
      <span class={`badge badge-${part.state}`}>{say(STATE_WORDS[part.state].short)}</span>
    </li>
  );
}

function Failures({ failures }: { failures: JobFailure[] }) {
  return (
    <section aria-labelledby="failures-heading">
      <div class="section-head section-next">
        <h2 id="failures-heading">{say('health.failures')}</h2>
      </div>
      <Table
        label={say('health.failures')}
        rows={failures}
        id={(failure) => `${failure.at} ${failure.kind} ${failure.subject}`}
        columns={[
          { head: say('audit.when'), cell: (failure) => moment(failure.at) },
          { head: say('health.kind'), cell: (failure) => failure.kind },
          { head: say('audit.object'), cell: (failure) => <code>{failure.subject}</code> },
          { head: say('health.attempt'), cell: (failure) => writeNumber(failure.attempt) },
          { head: say('health.next'), cell: (failure) => say(failure.givenUp ? 'health.givenUp' : 'health.again') },
          { head: say('health.error'), cell: (failure) => <span lang="en">{failure.error}</span> },
        ]}
      />
    </section>
  );
}
