import { useState } from 'preact/hooks';
import { apiKeys, makeApiKey, revokeApiKey, SCOPES, serverNow, type ApiKey, type Scope } from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Ask } from '../ui/Ask';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Check, ChoiceField, TextField } from '../ui/Field';
import { Secret } from '../ui/Secret';
import { Failed, SkeletonRows } from '../ui/states';
import { Table } from '../ui/Table';
import { useWork } from '../ui/work';
import { say, sayIfKnown } from '../words';

/** One's keys for programs. A secret is shown once, when it is made. */
export function Keys() {
  const poll = usePoll(apiKeys, () => 30_000);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const keys = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <p class="hint">{say('keys.detail')}</p>
      {keys === null && error === null && <SkeletonRows rows={2} />}
      {keys === null && error !== null && <Failed what={say('keys.failed')} error={error} onRetry={() => poll.now()} />}
      {keys?.length === 0 && <p class="nothing">{say('keys.none')}</p>}
      {keys !== null && keys.length > 0 && (
        <Table
          label={say('keys.title')}
          rows={keys}
          id={(key) => key.id}
          testid="key-row"
          columns={[
            { head: say('keys.name'), cell: (key) => key.name },
            { head: say('keys.ends'), cell: (key) => <code>…{key.hint}</code> },
            { head: say('keys.scopes'), cell: (key) => key.scopes.map((scope) => sayIfKnown(`scope.${scope}`) ?? scope).join('; ') },
            { head: say('keys.used'), cell: (key) => (key.usedAt ? moment(key.usedAt) : say('keys.never')) },
            { head: say('keys.until'), cell: (key) => (key.expiresAt ? day(key.expiresAt) : say('keys.always')) },
            {
              head: say('keys.revoke'),
              quiet: true,
              end: true,
              cell: (key) => (
                <Button look="quiet" onClick={() => setRevoking(key)}>
                  {say('keys.revoke')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <div class="form-actions">
        <Button icon="key" testid="key-new" onClick={() => setMaking(true)}>
          {say('keys.new')}
        </Button>
      </div>
      {making && (
        <NewKey
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
            poll.now();
          }}
        />
      )}
      {made?.key !== undefined && (
        <Secret title={say('keys.madeTitle')} detail={say('keys.madeDetail')} label={made.name} value={made.key} onClose={() => setMade(null)} />
      )}
      {revoking && (
        <Confirm
          title={say('keys.revokeTitle', { name: revoking.name })}
          what={say('keys.revoke')}
          testid="key-revoke-confirm"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await revokeApiKey(revoking.id);
            poll.now();
          }}
        >
          <p>{say('keys.revokeDetail')}</p>
        </Confirm>
      )}
    </>
  );
}

const DAYS = [30, 90, 365] as const;

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: ApiKey) => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>(['sessions:read', 'recordings:read']);
  const [days, setDays] = useState('90');
  const work = useWork();
  const make = () => {
    if (name.trim() === '') work.say(say('keys.nameMissing'));
    else if (scopes.length === 0) work.say(say('keys.scopeMissing'));
    else {
      const until = days === '' ? null : new Date(serverNow() + Number(days) * 86_400_000).toISOString();
      void work.run(async () => onMade(await makeApiKey(name.trim(), scopes, until)));
    }
  };
  return (
    <Ask
      title={say('keys.new')}
      testid="key-dialog"
      what={say('keys.make')}
      whatTestid="key-make"
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={make}
    >
      <TextField
        label={say('keys.name')}
        value={name}
        maxLength={120}
        autocomplete="off"
        placeholder={say('keys.nameExample')}
        testid="key-name"
        autofocus
        onInput={setName}
      />
      <fieldset class="choices choices-tight">
        <legend class="field-label">{say('keys.scopes')}</legend>
        {SCOPES.map((scope) => (
          <Check
            key={scope}
            label={say(`scope.${scope}`)}
            checked={scopes.includes(scope)}
            testid={`scope-${scope}`}
            onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
          />
        ))}
      </fieldset>
      <ChoiceField
        label={say('keys.until')}
        value={days}
        choices={[
          ...DAYS.map((count) => ({ value: String(count), label: say('keys.days', { count }) })),
          { value: '', label: say('keys.always') },
        ]}
        onChange={setDays}
      />
    </Ask>
  );
}
