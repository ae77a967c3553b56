import { useState } from 'preact/hooks';
import { allApiKeys, revokeAnyApiKey, type OwnedKey } from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { Table } from '../ui/Table';
import { say, sayIfKnown } from '../words';

/** Everybody's keys for programs, for admins to see and to revoke. */
export function AllKeys() {
  const poll = usePoll(allApiKeys, () => 30_000);
  const [revoking, setRevoking] = useState<OwnedKey | null>(null);
  const keys = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <div class="section-head">
        <h2>{say('keys.title')}</h2>
      </div>
      {keys === null && error === null && <SkeletonRows rows={3} />}
      {keys === null && error !== null && <Failed what={say('keys.failed')} error={error} onRetry={() => poll.now()} />}
      {keys !== null && error !== null && <Stale error={error} />}
      {keys?.length === 0 && (
        <Empty icon="key" title={say('keys.noneHere')}>
          {say('keys.noneHereDetail')}
        </Empty>
      )}
      {keys !== null && keys.length > 0 && (
        <Table
          label={say('keys.title')}
          rows={keys}
          id={(key) => key.id}
          testid="any-key-row"
          columns={[
            { head: say('keys.owner'), cell: (key) => key.owner },
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
                <Button look="quiet" testid="any-key-revoke" onClick={() => setRevoking(key)}>
                  {say('keys.revoke')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {revoking && (
        <Confirm
          title={say('keys.revokeTitle', { name: revoking.name })}
          what={say('keys.revoke')}
          testid="key-revoke-confirm"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await revokeAnyApiKey(revoking.id);
            poll.now();
          }}
        >
          <p>{say('keys.revokeDetail')}</p>
        </Confirm>
      )}
    </>
  );
}
