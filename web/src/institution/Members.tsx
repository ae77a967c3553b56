import { useState } from 'preact/hooks';
import { me } from '../account';
import {
  changeRole,
  inviteMember,
  memberInvitations,
  members,
  newPasswordLink,
  removeMember,
  ROLES,
  sentence,
  signMemberOut,
  takeInvitationBack,
  type Member,
  type MemberInvitation,
  type Role,
} from '../api';
import { usePoll } from '../poll';
import { day, moment } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { SmallChoice } from '../ui/Field';
import { Secret } from '../ui/Secret';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { Table, type Column } from '../ui/Table';
import { toast } from '../ui/Toast';
import { say, type Plain } from '../words';
import { Invite } from './Invite';

export const ROLE_WORDS: Record<Role, Plain> = {
  member: 'role.member',
  manager: 'role.manager',
  admin: 'role.admin',
};

interface Shown {
  title: string;
  detail: string;
  label: string;
  value: string;
}

/** Who belongs to the organisation, and who has been invited to. */
export function Members() {
  const list = usePoll(allMembers, () => 15_000);
  const open = usePoll(memberInvitations, () => 15_000);
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const admin = me.value?.organisation.role === 'admin';
  const again = () => {
    list.now();
    open.now();
  };

  const attempt = async (what: () => Promise<void>) => {
    try {
      await what();
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
    }
    again();
  };
  const linkFor = (member: Member) =>
    attempt(async () => {
      const made = await newPasswordLink(member.account);
      setShown({
        title: say('members.passwordTitle'),
        detail: say('members.passwordDetail', { name: member.name, time: moment(made.expiresAt) }),
        label: say('link.field'),
        value: made.link,
      });
    });

  const people = list.value.value;
  const invited = open.value.value;
  const error = list.error.value;
  return (
    <>
      <div class="section-head">
        <h2>{say('members.title')}</h2>
        {admin && (
          <Button look="primary" icon="plus" testid="member-invite" onClick={() => setInviting(true)}>
            {say('members.invite')}
          </Button>
        )}
      </div>
      {people === null && error === null && <SkeletonRows rows={3} />}
      {people === null && error !== null && <Failed what={say('members.failed')} error={error} onRetry={again} />}
      {people !== null && error !== null && <Stale error={error} />}
      {people !== null && (
        <Table
          label={say('members.title')}
          rows={people}
          id={(member) => member.account}
          testid="member-row"
          columns={memberColumns(admin, {
            role: (member, role) => void attempt(async () => void (await changeRole(member.account, role))),
            password: (member) => void linkFor(member),
            signOut: setLeaving,
            remove: setRemoving,
          })}
        />
      )}
      {invited !== null && invited.length > 0 && (
        <>
          <div class="section-head section-next">
            <h2>{say('members.invitations')}</h2>
          </div>
          <Table
            label={say('members.invitations')}
            rows={invited}
            id={(invitation) => invitation.id}
            testid="invitation-row"
            columns={invitationColumns(admin, (invitation) => void attempt(() => takeInvitationBack(invitation.id)))}
          />
        </>
      )}
      {inviting && (
        <Invite
          onClose={() => setInviting(false)}
          onInvite={async (email, role) => {
            const made = await inviteMember(email, role);
            again();
            setInviting(false);
            setShown({
              title: say('members.invitedTitle', { email }),
              detail: say('members.invitedDetail', { time: day(made.expiresAt) }),
              label: say('link.field'),
              value: made.link ?? '',
            });
          }}
        />
      )}
      {removing && (
        <Confirm
          title={say('members.removeTitle', { name: removing.name })}
          what={say('members.remove')}
          testid="member-remove-confirm"
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await removeMember(removing.account);
            again();
          }}
        >
          <p>{say('members.removeDetail')}</p>
        </Confirm>
      )}
      {leaving && (
        <Confirm
          title={say('members.signOutTitle', { name: leaving.name })}
          what={say('members.signOut')}
          testid="member-sign-out-confirm"
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await signMemberOut(leaving.account);
            again();
          }}
        >
          <p>{say('members.signOutDetail')}</p>
        </Confirm>
      )}
      {shown && <Secret {...shown} onClose={() => setShown(null)} />}
    </>
  );
}

/** All of them, page by page: an organisation has some thousands at most. */
async function allMembers(): Promise<Member[]> {
  const found: Member[] = [];
  let after: string | null = null;
  do {
    const page = await members(after ?? undefined);
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}

interface Doing {
  role: (member: Member, role: Role) => void;
  password: (member: Member) => void;
  signOut: (member: Member) => void;
  remove: (member: Member) => void;
}

function memberColumns(admin: boolean, doing: Doing): Column<Member>[] {
  const facts: Column<Member>[] = [
    { head: say('field.name'), cell: (member) => member.name },
    { head: say('field.email'), cell: (member) => member.email },
    {
      head: say('field.role'),
      cell: (member) =>
        admin ? (
          <SmallChoice
            label={say('members.roleOf', { name: member.name })}
            value={member.role}
            choices={ROLES.map((role) => ({ value: role, label: say(ROLE_WORDS[role]) }))}
            onChange={(role) => doing.role(member, role)}
            testid="member-role"
          />
        ) : (
          say(ROLE_WORDS[member.role])
        ),
    },
    { head: say('members.seen'), cell: (member) => (member.seenAt ? moment(member.seenAt) : say('members.notHere')) },
  ];
  if (!admin) return facts;
  return [
    ...facts,
    {
      head: say('members.actions'),
      quiet: true,
      end: true,
      cell: (member) => (
        <span class="cell-actions">
          <Button look="quiet" onClick={() => doing.password(member)}>
            {say('field.newPassword')}
          </Button>
          {member.seenAt !== null && (
            <Button look="quiet" testid="member-sign-out" onClick={() => doing.signOut(member)}>
              {say('members.signOut')}
            </Button>
          )}
          <Button look="quiet" testid="member-remove" onClick={() => doing.remove(member)}>
            {say('members.remove')}
          </Button>
        </span>
      ),
    },
  ];
}

function invitationColumns(admin: boolean, takeBack: (invitation: MemberInvitation) => void): Column<MemberInvitation>[] {
  const facts: Column<MemberInvitation>[] = [
    { head: say('field.email'), cell: (invitation) => invitation.email },
    { head: say('field.role'), cell: (invitation) => say(ROLE_WORDS[invitation.role]) },
    { head: say('members.by'), cell: (invitation) => invitation.invitedBy ?? '' },
    { head: say('keys.until'), cell: (invitation) => day(invitation.expiresAt) },
  ];
  if (!admin) return facts;
  return [
    ...facts,
    {
      head: say('members.actions'),
      quiet: true,
      end: true,
      cell: (invitation) => (
        <Button look="quiet" onClick={() => takeBack(invitation)}>
          {say('members.takeBack')}
        </Button>
      ),
    },
  ];
}
