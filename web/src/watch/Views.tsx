import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { contentLink, makeSides, sentence, type Recording, type Rendition } from '../api';
import { filesErased, isLive, tapeErased } from '../progress';
import { say } from '../words';
import { isAsSent } from './labels';
import { SidesPlayer } from './SidesPlayer';

/** More than these are not played beside each other: a browser decodes each by itself. */
const MOST_SIDES = 16;

/** What each of those who take part in a call sent, or nothing yet; null where there are no sides to be watched. */
export function sidesOf(facts: Recording): { name: string; file: Rendition | undefined }[] | null {
  const many = facts.people.length > 1 && facts.people.length <= MOST_SIDES;
  if (facts.mode !== 'video' || !many || isLive(facts) || filesErased(facts)) return null;
  const sides = facts.people.map(({ person, name }) => ({
    name,
    file: facts.renditions.find((rendition) => isAsSent(rendition) && rendition.person === person),
  }));
  if (!tapeErased(facts)) return sides;
  const left = sides.filter((side) => side.file?.state === 'ready');
  return left.length > 1 ? left : null;
}

interface ViewsProps {
  facts: Recording;
  onChange: (facts: Recording) => void;
  /** Everybody together. */
  children: ComponentChildren;
}

/** The player; of a call of several people the choice between all in one picture and each from what they sent. */
export function Views({ facts, onChange, children }: ViewsProps) {
  const [apart, setApart] = useState(false);
  useEffect(() => setApart(false), [facts.id]);
  const sides = sidesOf(facts);
  if (sides === null) return <>{children}</>;
  return (
    <>
      <div class="views" role="group" aria-label={say('sides.view')}>
        <button type="button" class="view" aria-pressed={!apart} data-testid="view-together" onClick={() => setApart(false)}>
          {say('sides.together')}
        </button>
        <button type="button" class="view" aria-pressed={apart} data-testid="view-sides" onClick={() => setApart(true)}>
          {say(sides.length === 2 ? 'sides.both' : 'sides.each')}
        </button>
      </div>
      {apart ? <Apart facts={facts} sides={sides} onChange={onChange} /> : children}
    </>
  );
}

type Sides = NonNullable<ReturnType<typeof sidesOf>>;

function Apart({ facts, sides, onChange }: { facts: Recording; sides: Sides; onChange: (facts: Recording) => void }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const lacking = sides.some((side) => side.file === undefined);
  useEffect(() => {
    if (!lacking) return;
    makeSides(facts.id).then(
      (changed) => {
        onChange(changed);
        setAsked(true);
      },
      (reason: unknown) => setRefusal(sentence(reason)),
    );
  }, [facts.id, lacking]);
  const ready = sides.flatMap(({ name, file }) =>
    file?.state === 'ready' ? [{ name, source: contentLink(facts.id, file.id) }] : [],
  );
  const made = sides.filter((side) => side.file !== undefined); // who sent nothing has no file
  const failed = made.some((side) => side.file?.state === 'failed');
  const nothing = asked && made.length === 0;
  if (ready.length > 0 && ready.length === made.length && (asked || !lacking)) return <SidesPlayer sides={ready} />;
  return (
    <div class="screen" data-testid="sides-making">
      <p role={failed || nothing || refusal !== null ? 'alert' : 'status'}>
        {refusal ?? say(failed ? 'sides.failed' : nothing ? 'sides.nothing' : 'sides.making')}
      </p>
    </div>
  );
}
