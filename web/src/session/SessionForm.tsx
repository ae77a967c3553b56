import { useRef, useState } from 'preact/hooks';
import { MODES, serverNow, type Mode, type SessionPlan } from '../api';
import { MODE_WORDS } from '../modes';
import { Check, ChoiceField, LongField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { useWork } from '../ui/work';
import { say } from '../words';
import { instantOf, ownZone, wallTime, zones } from '../zones';
import { addressesOf } from './addresses';

interface SessionFormProps {
  start: SessionPlan;
  /** What the button says; on a new session it depends on when. */
  what: (later: boolean) => string;
  onSave: (plan: SessionPlan) => Promise<void>;
  onCancel: () => void;
}

/** Everything that is said of a session before it is held. Nothing is applied before the button is pressed. */
export function SessionForm({ start, what, onSave, onCancel }: SessionFormProps) {
  const [title, setTitle] = useState(start.title);
  const [later, setLater] = useState(start.startsAt !== null);
  const [zone, setZone] = useState(start.timeZone ?? ownZone());
  const [wall, setWall] = useState(() => wallTime(start.startsAt ? new Date(start.startsAt) : nextHour(), zone));
  const [mode, setMode] = useState<Mode>(start.mode);
  const [small, setSmall] = useState(start.cameraHeight === 360);
  const [coHosts, setCoHosts] = useState(start.coHosts.join('\n'));
  const [invited, setInvited] = useState(start.invited.join('\n'));
  const [wrong, setWrong] = useState<{ title?: string; when?: string; coHosts?: string; invited?: string }>({});
  const work = useWork();
  const form = useRef<HTMLFormElement>(null);

  const submit = () => {
    const at = later ? instantOf(wall, zone) : null;
    const [hosting, coming] = [addressesOf(coHosts), addressesOf(invited)];
    const lacks = {
      ...(title.trim() === '' ? { title: say('home.titleMissing') } : {}),
      ...(later && at === null ? { when: say('plan.whenMissing') } : {}),
      ...(hosting.bad[0] ? { coHosts: say('plan.noAddress', { text: hosting.bad[0] }) } : {}),
      ...(coming.bad[0] ? { invited: say('plan.noAddress', { text: coming.bad[0] }) } : {}),
    };
    setWrong(lacks);
    if (Object.keys(lacks).length > 0) {
      // Once it is marked, whoever sent it is led to the first field that is wrong.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    const plan: SessionPlan = {
      title: title.trim(),
      startsAt: at?.toISOString() ?? null,
      timeZone: at ? zone : null,
      mode,
      cameraHeight: small ? 360 : 720,
      coHosts: hosting.good,
      invited: coming.good,
    };
    void work.run(() => onSave(plan));
  };

  return (
    <Form
      work={work}
      what={what(later)}
      look="primary"
      testid="session-save"
      place={form}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <TextField
        label={say('home.newTitle')}
        placeholder={say('home.newTitleExample')}
        value={title}
        maxLength={120}
        error={wrong.title ?? null}
        autocomplete="off"
        autofocus={start.title === ''}
        testid="new-session-title"
        onInput={setTitle}
      />
      <fieldset class="choices">
        <legend class="field-label">{say('plan.when')}</legend>
        <Check group="when" label={say('plan.now')} checked={!later} onChange={() => setLater(false)} testid="when-now" />
        <Check group="when" label={say('plan.later')} checked={later} onChange={() => setLater(true)} testid="when-later" />
        {later && (
          <div class="when-fields">
            <TextField
              label={say('plan.time')}
              type="datetime-local"
              value={wall}
              maxLength={16}
              error={wrong.when ?? null}
              testid="when-time"
              onInput={setWall}
            />
            <ChoiceField
              label={say('plan.zone')}
              value={zone}
              choices={zones(zone).map((one) => ({ value: one, label: one.replaceAll('_', ' ') }))}
              onChange={setZone}
              testid="when-zone"
            />
          </div>
        )}
      </fieldset>
      <fieldset class="choices">
        <legend class="field-label">{say('plan.mode')}</legend>
        {MODES.map((one) => (
          <Check
            key={one}
            group="mode"
            label={say(MODE_WORDS[one].name)}
            detail={say(MODE_WORDS[one].detail)}
            checked={mode === one}
            onChange={() => setMode(one)}
          />
        ))}
      </fieldset>
      {mode !== 'audio-no-video' && (
        <Check
          label={say('plan.small')}
          detail={say('plan.smallDetail')}
          checked={small}
          onChange={setSmall}
          testid="session-small"
        />
      )}
      <LongField
        label={say('plan.coHosts')}
        hint={say('plan.coHostsHint')}
        value={coHosts}
        maxLength={20_000}
        rows={2}
        error={wrong.coHosts ?? null}
        testid="session-co-hosts"
        onInput={setCoHosts}
      />
      <LongField
        label={say('plan.invited')}
        hint={say('plan.invitedHint')}
        value={invited}
        maxLength={60_000}
        error={wrong.invited ?? null}
        testid="session-invited"
        onInput={setInvited}
      />
    </Form>
  );
}

function nextHour(): Date {
  const hour = 3_600_000;
  return new Date(Math.ceil((serverNow() + hour / 2) / hour) * hour);
}
