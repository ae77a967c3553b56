import { useState } from 'preact/hooks';
import { serverNow } from '../api';
import { say } from '../words';
import { Ask } from './Ask';
import { Check, ChoiceField, TextField } from './Field';
import { useWork } from './work';

interface NewGrantProps<Right extends string> {
  title: string;
  what: string;
  name: { maxLength: number; placeholder: string; hint?: string; missing: string };
  rights: readonly { right: Right; label: string; testid: string }[];
  /** Those that are ticked from the start. */
  usual: readonly Right[];
  /** For how many days it may be made, and for how many it is made unless something else is chosen; null for always. */
  days: readonly number[];
  usualDays: number | null;
  testid: string;
  nameTestid: string;
  whatTestid: string;
  onClose: () => void;
  /** `until` is RFC 3339. */
  onMake: (name: string, rights: Right[], until: string | null) => Promise<void>;
}

/** Asks what a program may do, under which name, and until when. */
export function NewGrant<Right extends string>({
  title, what, name, rights, usual, days, usualDays, testid, nameTestid, whatTestid, onClose, onMake,
}: NewGrantProps<Right>) {
  const [called, setCalled] = useState('');
  const [may, setMay] = useState<readonly Right[]>(usual);
  const [chosen, setChosen] = useState(String(usualDays ?? ''));
  const work = useWork();
  const make = () => {
    if (called.trim() === '') work.say(name.missing);
    else if (may.length === 0) work.say(say('keys.scopeMissing'));
    else {
      const until = chosen === '' ? null : new Date(serverNow() + Number(chosen) * 86_400_000).toISOString();
      void work.run(() => onMake(called.trim(), [...may], until));
    }
  };
  return (
    <Ask
      title={title}
      testid={testid}
      what={what}
      whatTestid={whatTestid}
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={make}
    >
      <TextField
        label={say('keys.name')}
        value={called}
        maxLength={name.maxLength}
        autocomplete="off"
        placeholder={name.placeholder}
        hint={name.hint}
        testid={nameTestid}
        autofocus
        onInput={setCalled}
      />
      <fieldset class="choices choices-tight">
        <legend class="field-label">{say('keys.scopes')}</legend>
        {rights.map(({ right, label, testid: own }) => (
          <Check
            key={right}
            label={label}
            checked={may.includes(right)}
            testid={own}
            onChange={(on) => setMay(on ? [...may, right] : may.filter((one) => one !== right))}
          />
        ))}
      </fieldset>
      <ChoiceField
        label={say('keys.until')}
        value={chosen}
        choices={[
          ...days.map((count) => ({ value: String(count), label: say('keys.days', { count }) })),
          { value: '', label: say('keys.always') },
        ]}
        onChange={setChosen}
      />
    </Ask>
  );
}
