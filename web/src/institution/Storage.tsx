import { me } from '../account';
import { storage, type Plan, type Step } from '../api';
import { usePoll } from '../poll';
import { day, percent } from '../time';
import { Notice } from '../ui/Field';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { say } from '../words';
import { daysWords, linesWords, packWords, sizeWords } from './plans';
import { FilmChoice } from './FilmChoice';
import { Retention } from './Retention';
import { UsageBar } from './UsageBar';

/** How much is kept, what the plan allows, and for admins what it erases. */
export function Storage() {
  const poll = usePoll(storage, () => 15_000);
  const kept = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <div class="section-head">
        <h2>{say('storage.title')}</h2>
      </div>
      {kept === null && error === null && <SkeletonRows rows={3} />}
      {kept === null && error !== null && <Failed what={say('storage.failed')} error={error} onRetry={() => poll.now()} />}
      {kept !== null && error !== null && <Stale error={error} />}
      {kept !== null && (
        <div class="storage">
          {kept.reached !== null && <Reached step={kept.reached} />}
          <UsageBar kept={kept} />
          <PlanFacts plan={kept.plan} />
        </div>
      )}
      {me.value?.organisation.role === 'admin' && <FilmChoice />}
      {me.value?.organisation.role === 'admin' && <Retention />}
    </>
  );
}

function Reached({ step }: { step: Step }) {
  const since = day(step.since);
  const full = step.percent >= 100;
  return (
    <Notice kind={full ? 'trouble' : 'neutral'} testid="storage-reached">
      {full ? say('storage.full', { since }) : say('storage.reached', { share: percent(step.percent / 100), since })}
    </Notice>
  );
}

function PlanFacts({ plan }: { plan: Plan }) {
  const facts = [
    { name: say('plan.pack'), value: packWords(plan.pack, plan.includes) },
    { name: say('plan.size'), value: sizeWords(plan.sizeBytes) },
    { name: say('kept.tape'), value: daysWords(plan.tapeDays) },
    { name: say('kept.raw'), value: daysWords(plan.includes.includes('raw') ? plan.mastersDays : plan.tapeDays) },
    { name: say('plan.files'), value: daysWords(plan.mastersDays) },
    { name: say('plan.masters'), value: linesWords(plan.mastersHeight) },
  ];
  return (
    <section class="panel" data-testid="plan" aria-labelledby="plan-heading">
      <h3 id="plan-heading">{say('plan.title')}</h3>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{say('plan.who')}</p>
    </section>
  );
}
