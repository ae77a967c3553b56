import { useState } from 'preact/hooks';
import { ROLES, type Role } from '../api';
import { Ask } from '../ui/Ask';
import { Check, TextField } from '../ui/Field';
import { useWork } from '../ui/work';
import { say, type Plain } from '../words';
import { ROLE_WORDS } from './Members';

const ROLE_DETAILS: Record<Role, Plain> = {
  member: 'role.memberDetail',
  manager: 'role.managerDetail',
  admin: 'role.adminDetail',
};

interface InviteProps {
  onClose: () => void;
  onInvite: (email: string, role: Role) => Promise<void>;
}

/** Asks for the address and the role of somebody who shall become a member. */
export function Invite({ onClose, onInvite }: InviteProps) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const work = useWork();
  const submit = () => {
    if (!email.includes('@')) work.say(say('welcome.emailMissing'));
    else void work.run(() => onInvite(email.trim(), role));
  };
  return (
    <Ask
      title={say('members.invite')}
      testid="invite-dialog"
      what={say('members.inviteButton')}
      whatTestid="invite-button"
      busy={work.busy}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextField
        label={say('field.email')}
        type="email"
        value={email}
        maxLength={254}
        autocomplete="off"
        error={work.trouble}
        testid="invite-email"
        autofocus
        onInput={setEmail}
      />
      <fieldset class="choices">
        <legend class="field-label">{say('field.role')}</legend>
        {ROLES.map((one) => (
          <Check
            key={one}
            group="role"
            label={say(ROLE_WORDS[one])}
            detail={say(ROLE_DETAILS[one])}
            checked={role === one}
            onChange={() => setRole(one)}
          />
        ))}
      </fieldset>
    </Ask>
  );
}
