import { useState } from 'preact/hooks';
import { apiKeys, makeApiKey, revokeApiKey, SCOPES, type ApiKey, type Scope } from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { NewGrant } from '../ui/NewGrant';
import { Secret } from '../ui/Secret';
import { Failed, SkeletonRows } from '../ui/states';
import { Table } from '../ui/Table';
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
        <NewGrant<Scope>
          title={say('keys.new')}
          what={say('keys.make')}
          name={{ maxLength: 120, placeholder: say('keys.nameExample'), missing: say('keys.nameMissing') }}
          rights={SCOPES.map((right) => ({ right, label: say(`scope.${right}`), testid: `scope-${right}` }))}
          usual={['sessions:read', 'recordings:read']}
          days={[30, 90, 365]}
          usualDays={90}
          testid="key-dialog"
          nameTestid="key-name"
          whatTestid="key-make"
          onClose={() => setMaking(false)}
          onMake={async (name, scopes, until) => {
            const key = await makeApiKey(name, scopes, until);
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
