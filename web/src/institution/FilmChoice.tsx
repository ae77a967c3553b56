import { useState } from 'preact/hooks';
import { chooseFilming, filming, FILMINGS, type Filming } from '../api';
import { usePoll } from '../poll';
import { SmallChoice } from '../ui/Field';
import { Failed } from '../ui/states';
import { say, type Plain } from '../words';

const WORDS: Record<Filming, Plain> = {
  always: 'filming.always',
  'on-first-view': 'filming.onFirstView',
  never: 'filming.never',
};

/** When films of recordings are made: it costs the server work, and the first who watches a wait. */
export function FilmChoice() {
  const poll = usePoll(filming, () => 60_000);
  const [failed, setFailed] = useState<unknown>(null);
  const chosen = poll.value.value?.films;
  if (chosen === undefined) return null;
  const choose = (next: Filming) => {
    setFailed(null);
    chooseFilming(next).then((kept) => poll.put(kept), setFailed);
  };
  return (
    <section class="panel" aria-labelledby="filming-heading">
      <h3 id="filming-heading">{say('filming.title')}</h3>
      <SmallChoice
        label={say('filming.title')}
        value={chosen}
        choices={FILMINGS.map((value) => ({ value, label: say(WORDS[value]) }))}
        onChange={choose}
        testid="filming"
      />
      <p class="hint">{say('filming.hint')}</p>
      {failed !== null && <Failed what={say('filming.failed')} error={failed} onRetry={() => setFailed(null)} />}
    </section>
  );
}
