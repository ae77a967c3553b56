import { useState } from 'preact/hooks';
import { makeToken, revokeToken, tokens, TOKEN_RIGHTS, type Token, type TokenRight } from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { NewGrant } from '../ui/NewGrant';
import { Failed, SkeletonRows } from '../ui/states';
import { say, type Plain } from '../words';
import { EncoderSetUp } from './EncoderSetUp';

const MAY: Record<TokenRight, Plain> = { publish: 'encoders.mayPublish', watch: 'encoders.mayWatch' };

/** The tokens by which programs without a page, such as OBS, send to a session and play from it. */
export function Encoders({ session }: { session: string }) {
  const poll = usePoll(() => tokens(session), () => 10_000, session);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Token | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const all = poll.value.value;
  const error = poll.error.value;
  return (
    <section class="panel" aria-labelledby="encoders-heading">
      <h2 id="encoders-heading">{say('encoders.title')}</h2>
      {all === null && error === null && <SkeletonRows rows={1} />}
      {all === null && error !== null && <Failed what={say('encoders.failed')} error={error} onRetry={() => poll.now()} />}
      {all?.length === 0 && (
        <p class="hint" data-testid="encoders-none">
          {say('encoders.none')}
        </p>
      )}
      {all !== null && all.length > 0 && (
        <ul class="encoders">
          {all.map((token) => (
            <li key={token.id} data-testid="token-row" data-row={token.id}>
              <span class="row-words">
                <span class="row-title">{token.name}</span>
                <span class="hint">{token.may.map((right) => say(MAY[right])).join(', ')}</span>
                <span class="hint">
                  <code>…{token.hint}</code> · {useOf(token)}
                </span>
                {token.expiresAt !== null && <span class="hint">{say('encoders.until', { time: day(token.expiresAt) })}</span>}
              </span>
              <span class="panel-actions">
                <Button look="quiet" testid="token-set-up" onClick={() => setShown(token)}>
                  {say('encoders.setUp')}
                </Button>
                <Button look="quiet" testid="token-revoke" onClick={() => setRevoking(token)}>
                  {say('keys.revoke')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="panel-actions">
        <Button icon="plus" testid="token-new" onClick={() => setMaking(true)}>
          {say('encoders.new')}
        </Button>
      </div>
      {making && (
        <NewGrant<TokenRight>
          title={say('encoders.new')}
          what={say('encoders.make')}
          name={{
            maxLength: 80,
            placeholder: say('encoders.nameExample'),
            hint: say('encoders.nameHint'),
            missing: say('encoders.nameMissing'),
          }}
          rights={TOKEN_RIGHTS.map((right) => ({ right, label: say(MAY[right]), testid: `token-${right}` }))}
          usual={['publish']}
          days={[1, 7, 30]}
          usualDays={null}
          testid="token-dialog"
          nameTestid="token-name"
          whatTestid="token-make"
          onClose={() => setMaking(false)}
          onMake={async (name, may, until) => {
            const token = await makeToken(session, name, may, until);
            setMaking(false);
            setShown(token);
            poll.now();
          }}
        />
      )}
      {shown !== null && <EncoderSetUp token={shown} onClose={() => setShown(null)} />}
      {revoking !== null && (
        <Confirm
          title={say('keys.revokeTitle', { name: revoking.name })}
          what={say('keys.revoke')}
          testid="token-revoke-confirm"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await revokeToken(session, revoking.id);
            poll.now();
          }}
        >
          <p>{say('encoders.revokeDetail')}</p>
        </Confirm>
      )}
    </section>
  );
}

function useOf(token: Token): string {
  const now = [
    ...(token.publishing ? [say('encoders.publishing')] : []),
    ...(token.watching > 0 ? [say('encoders.watching', { count: token.watching })] : []),
  ];
  if (now.length > 0) return now.join(', ');
  return token.usedAt === null ? say('encoders.unused') : say('encoders.used', { time: moment(token.usedAt) });
}
