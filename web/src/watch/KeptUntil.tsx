import { looksAfterInstitution, me } from '../account';
import { hold, serverNow, type Recording } from '../api';
import { filesErased } from '../progress';
import { day } from '../time';
import { Button } from '../ui/Button';
import { useWork } from '../ui/work';
import { say } from '../words';

const DAY_MILLIS = 86_400_000;

const ERASED = { tape: 'keeping.tapeErased', raw: 'keeping.rawErased', files: 'keeping.filesErased' } as const;

/** How long the recording is kept, the proof of what was erased, and the legal hold. */
export function KeptUntil({ facts, onChange }: { facts: Recording; onChange: () => void }) {
  const work = useWork();
  const { keeping } = facts;
  const held = keeping.hold;
  const press = () =>
    void work.run(async () => {
      await hold(facts.id, held === null);
      onChange();
    });
  return (
    <section class="kept" aria-labelledby="kept-heading" data-testid="kept-until">
      <h2 id="kept-heading">{say('keeping.title')}</h2>
      {held !== null && <p data-testid="on-hold">{say('keeping.held', { by: held.by, day: day(held.since) })}</p>}
      {held === null && keeping.tapeUntil !== null && <p>{tapeWords(keeping.tapeUntil, keeping.tapeDays)}</p>}
      {held === null && keeping.filesUntil !== null && <p>{say('keeping.filesUntil', { day: day(keeping.filesUntil) })}</p>}
      {keeping.filesDays === null && !filesErased(facts) && <p>{say('keeping.filesForEver')}</p>}
      {keeping.erased.map((one) => (
        <p key={one.kind} data-testid={`erased-${one.kind}`}>
          {say(ERASED[one.kind], { day: day(one.at), count: one.days })}
        </p>
      ))}
      {looksAfterInstitution(me.value) && (
        <Button testid="hold-button" busy={work.busy} onClick={press}>
          {say(held === null ? 'keeping.hold' : 'keeping.lift')}
        </Button>
      )}
      {work.trouble !== null && (
        <p class="field-error" role="alert">
          {work.trouble}
        </p>
      )}
    </section>
  );
}

/** Until when, and how many days are left; what is over goes with the next daily run, if nothing stands against it. */
function tapeWords(until: string, days: number): string {
  const left = Math.ceil((Date.parse(until) - serverNow()) / DAY_MILLIS);
  return left > 0 ? say('keeping.tapeUntil', { day: day(until), count: left }) : say('keeping.tapeOver', { count: days });
}
