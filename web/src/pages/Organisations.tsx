import { useState } from 'preact/hooks';
import { findOutWhoIAm, me } from '../account';
import {
  actIn,
  makeOrganisation,
  organisations,
  sentence,
  storageOf,
  type NewOrganisation,
  type ServedOrganisation,
  type Storage,
} from '../api';
import { PlanDialog } from '../institution/PlanDialog';
import { usePoll } from '../poll';
import { go } from '../router';
import { day } from '../time';
import { Ask } from '../ui/Ask';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Secret } from '../ui/Secret';
import { Shell } from '../ui/Shell';
import { Empty, Failed, SkeletonRows, Stale } from '../ui/states';
import { Table, type Column } from '../ui/Table';
import { toast } from '../ui/Toast';
import { useWork } from '../ui/work';
import { say, writeNumber } from '../words';
import { Lost } from './Lost';

/** The organisations of the server, for whoever runs it. */
export function Organisations() {
  return (
    <Shell title={say('menu.organisations')}>
      {me.value?.operator ? <ForOperator /> : <Lost title={say('lost.notForYou')} detail={say('lost.notForYouDetail')} />}
    </Shell>
  );
}

function ForOperator() {
  const poll = usePoll(organisations, () => 15_000);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewOrganisation | null>(null);
  const [planning, setPlanning] = useState<{ organisation: ServedOrganisation; kept: Storage } | null>(null);
  const plan = async (organisation: ServedOrganisation) => {
    try {
      setPlanning({ organisation, kept: await storageOf(organisation.id) });
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
    }
  };
  const list = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <div class="page-head page-head-row">
        <h1>{say('menu.organisations')}</h1>
        <Button look="primary" icon="plus" testid="organisation-new" onClick={() => setMaking(true)}>
          {say('organisations.new')}
        </Button>
      </div>
      {list === null && error === null && <SkeletonRows rows={3} />}
      {list === null && error !== null && <Failed what={say('organisations.failed')} error={error} onRetry={() => poll.now()} />}
      {list !== null && error !== null && <Stale error={error} />}
      {list?.length === 0 && (
        <Empty icon="people" title={say('organisations.empty')}>
          {say('organisations.emptyDetail')}
        </Empty>
      )}
      {list !== null && list.length > 0 && (
        <Table
          label={say('menu.organisations')}
          rows={list}
          id={(organisation) => organisation.id}
          testid="organisation-row"
          columns={columns((organisation) => void plan(organisation))}
        />
      )}
      {making && (
        <Make
          onClose={() => setMaking(false)}
          onMade={(organisation) => {
            setMaking(false);
            setMade(organisation);
            poll.now();
            // It is one's own, too.
            void findOutWhoIAm();
          }}
        />
      )}
      {planning && <PlanDialog {...planning} onClose={() => setPlanning(null)} />}
      {made?.invitation?.link !== undefined && (
        <Secret
          title={say('members.invitedTitle', { email: made.invitation.email })}
          detail={say('organisations.invitedDetail', { name: made.name, time: day(made.invitation.expiresAt) })}
          label={say('link.field')}
          value={made.invitation.link}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}

function columns(plan: (organisation: ServedOrganisation) => void): Column<ServedOrganisation>[] {
  const own = new Set(me.value?.organisations.map((one) => one.id));
  return [
    { head: say('field.name'), cell: (one) => one.name },
    { head: say('members.title'), cell: (one) => writeNumber(one.members) },
    { head: say('organisations.since'), cell: (one) => day(one.createdAt) },
    {
      head: say('members.actions'),
      quiet: true,
      end: true,
      cell: (one) => (
        <span class="cell-actions">
          <Button look="quiet" testid="organisation-plan" onClick={() => plan(one)}>
            {say('plan.title')}
          </Button>
          {/* Members are invited and the name is changed where the organisation's own people do it. */}
          {own.has(one.id) && (
            <Button look="quiet" testid="organisation-visit" onClick={() => void visit(one.id)}>
              {say('organisations.visit')}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

async function visit(organisation: string): Promise<void> {
  try {
    me.value = await actIn(organisation);
    go('/institution/members');
  } catch (reason) {
    toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
  }
}

function Make({ onClose, onMade }: { onClose: () => void; onMade: (made: NewOrganisation) => void }) {
  const [name, setName] = useState('');
  const [admin, setAdmin] = useState('');
  const [wrong, setWrong] = useState<{ name?: string; admin?: string }>({});
  const work = useWork();
  const make = () => {
    const email = admin.trim();
    const lacks = {
      ...(name.trim() === '' ? { name: say('welcome.nameMissing') } : {}),
      ...(email !== '' && !email.includes('@') ? { admin: say('welcome.emailMissing') } : {}),
    };
    setWrong(lacks);
    if (Object.keys(lacks).length > 0) return;
    void work.run(async () => {
      onMade(await makeOrganisation(name.trim(), email === '' ? null : email));
      toast(say('organisations.made', { name: name.trim() }));
    });
  };
  return (
    <Ask
      title={say('organisations.new')}
      testid="organisation-dialog"
      what={say('organisations.make')}
      whatTestid="organisation-make"
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={make}
    >
      <TextField
        label={say('field.name')}
        value={name}
        maxLength={120}
        autocomplete="off"
        error={wrong.name ?? null}
        testid="organisation-name"
        autofocus
        onInput={setName}
      />
      <TextField
        label={say('organisations.admin')}
        type="email"
        value={admin}
        maxLength={254}
        autocomplete="off"
        hint={say('organisations.adminHint')}
        error={wrong.admin ?? null}
        testid="organisation-admin"
        onInput={setAdmin}
      />
    </Ask>
  );
}
