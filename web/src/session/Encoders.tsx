import { useState } from 'preact/hooks';
import { makeToken, revokeToken, serverNow, tokens, TOKEN_RIGHTS, type Token, type TokenRight } from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Ask } from '../ui/Ask';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Check, ChoiceField, TextField } from '../ui/Field';
import { Failed, SkeletonRows } from '../ui/states';
import { useWork } from '../ui/work';
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
        <NewToken
          session={session}
          onClose={() => setMaking(false)}
          onMade={(token) => {
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

const DAYS = [1, 7, 30] as const;

interface NewTokenProps {
  session: string;
  onClose: () => void;
  onMade: (token: Token) => void;
}

function NewToken({ session, onClose, onMade }: NewTokenProps) {
  const [name, setName] = useState('');
  const [may, setMay] = useState<TokenRight[]>(['publish']);
  const [days, setDays] = useState('');
  const work = useWork();
  const make = () => {
    if (name.trim() === '') work.say(say('encoders.nameMissing'));
    else if (may.length === 0) work.say(say('keys.scopeMissing'));
    else {
      const until = days === '' ? null : new Date(serverNow() + Number(days) * 86_400_000).toISOString();
      void work.run(async () => onMade(await makeToken(session, name.trim(), may, until)));
    }
  };
  return (
    <Ask
      title={say('encoders.new')}
      testid="token-dialog"
      what={say('encoders.make')}
      whatTestid="token-make"
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={make}
    >
      <TextField
        label={say('keys.name')}
        value={name}
        maxLength={80}
        autocomplete="off"
        placeholder={say('encoders.nameExample')}
        hint={say('encoders.nameHint')}
        testid="token-name"
        autofocus
        onInput={setName}
      />
      <fieldset class="choices choices-tight">
        <legend class="field-label">{say('keys.scopes')}</legend>
        {TOKEN_RIGHTS.map((right) => (
          <Check
            key={right}
            label={say(MAY[right])}
            checked={may.includes(right)}
            testid={`token-${right}`}
            onChange={(on) => setMay(on ? [...may, right] : may.filter((one) => one !== right))}
          />
        ))}
      </fieldset>
      <ChoiceField
        label={say('keys.until')}
        value={days}
        choices={[
          { value: '', label: say('keys.always') },
          ...DAYS.map((count) => ({ value: String(count), label: say('keys.days', { count }) })),
        ]}
        onChange={setDays}
      />
    </Ask>
  );
}
