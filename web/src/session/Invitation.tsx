import { useState } from 'preact/hooks';
import { me } from '../account';
import { renewInvitation, revokeInvitation, type Session } from '../api';
import { momentWithZone } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { CopyLink } from '../ui/CopyLink';
import { TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { say } from '../words';

interface InvitationProps {
  session: Session;
  mayChange: boolean;
  onChange: (session: Session) => void;
}

/** The link by which guests come in: copied, sent, taken back. */
export function Invitation({ session, mayChange, onChange }: InvitationProps) {
  const [asking, setAsking] = useState<'nothing' | 'renew' | 'revoke'>('nothing');
  const close = () => setAsking('nothing');
  return (
    <section class="panel" aria-labelledby="invitation-heading">
      <h2 id="invitation-heading">{say('invite.title')}</h2>
      {session.link === null ? (
        <p class="hint" data-testid="invitation-revoked">
          {say('invite.revoked')}
        </p>
      ) : (
        <>
          <TextField
            label={say('link.field')}
            hideLabel
            value={session.link}
            maxLength={2000}
            readOnly
            testid="invitation-link"
            hint={say('invite.who')}
            onInput={() => undefined}
          />
          <div class="panel-actions">
            <CopyLink link={session.link} />
            <a class="button button-plain" href={mailOf(session, session.link)} data-testid="invitation-mail">
              <Icon name="mail" size={18} />
              {say('invite.mail')}
            </a>
          </div>
        </>
      )}
      {mayChange && (
        <div class="panel-actions">
          <Button look="quiet" testid="invitation-renew" onClick={() => setAsking('renew')}>
            {say('invite.new')}
          </Button>
          {session.link !== null && (
            <Button look="quiet" testid="invitation-revoke" onClick={() => setAsking('revoke')}>
              {say('invite.revoke')}
            </Button>
          )}
        </div>
      )}
      {asking === 'renew' && (
        <Confirm
          title={say('invite.newTitle')}
          what={say('invite.new')}
          danger={session.link !== null}
          testid="invitation-renew-confirm"
          onClose={close}
          onConfirm={async () => onChange(await renewInvitation(session.id))}
        >
          <p>{say(session.link === null ? 'invite.newDetail' : 'invite.newInstead')}</p>
        </Confirm>
      )}
      {asking === 'revoke' && (
        <Confirm
          title={say('invite.revokeTitle')}
          what={say('invite.revoke')}
          testid="invitation-revoke-confirm"
          onClose={close}
          onConfirm={async () => onChange(await revokeInvitation(session.id))}
        >
          <p>{say('invite.revokeDetail')}</p>
        </Confirm>
      )}
    </section>
  );
}

/** A letter that is ready but for who it goes to. */
function mailOf(session: Session, link: string): string {
  const lines = [
    say('invite.letter', { title: session.title }),
    ...(session.startsAt ? [say('invite.letterWhen', { time: momentWithZone(session.startsAt) })] : []),
    '',
    link,
    '',
    me.value?.name ?? '',
  ];
  const fields = { subject: session.title, body: lines.join('\r\n') };
  const encoded = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const to = session.invited.flatMap((person) => (person.email === null ? [] : [encodeURIComponent(person.email)]));
  return `mailto:${to.join(',')}?${encoded.join('&')}`;
}
