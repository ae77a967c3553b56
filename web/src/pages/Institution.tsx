import { useState } from 'preact/hooks';
import { looksAfterInstitution, me } from '../account';
import { renameOrganisation, type Me } from '../api';
import { AllKeys } from '../institution/AllKeys';
import { Audit } from '../institution/Audit';
import { Layouts } from '../institution/Layouts';
import { Members } from '../institution/Members';
import { Storage } from '../institution/Storage';
import { Store } from '../institution/Store';
import { Link } from '../router';
import type { InstitutionPart } from '../routes';
import { Ask } from '../ui/Ask';
import { RoundButton } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Shell } from '../ui/Shell';
import { useWork } from '../ui/work';
import { say } from '../words';
import { Lost } from './Lost';

/** What managers and admins look after. */
export function Institution({ part }: { part: InstitutionPart }) {
  const person = me.value;
  const [renaming, setRenaming] = useState(false);
  if (!person || !looksAfterInstitution(person)) {
    return (
      <Shell title={say('menu.institution')}>
        <Lost title={say('lost.notForYou')} detail={say('lost.notForYouDetail')} />
      </Shell>
    );
  }
  const admin = person.organisation.role === 'admin';
  const shown = admin || part === 'storage' ? part : 'members';
  return (
    <Shell title={say('menu.institution')}>
      <div class="title-in-place">
        <h1>{person.organisation.name}</h1>
        {admin && (
          <RoundButton icon="pencil" label={say('do.rename')} testid="organisation-rename" onClick={() => setRenaming(true)} />
        )}
      </div>
      <nav class="tabs" aria-label={say('menu.institution')}>
        <Link to="/institution/members" current={shown === 'members'}>
          {say('members.title')}
        </Link>
        <Link to="/institution/storage" current={shown === 'storage'} testid="tab-storage">
          {say('storage.title')}
        </Link>
        {admin && (
          <>
            <Link to="/institution/store" current={shown === 'store'} testid="tab-store">
              {say('store.title')}
            </Link>
            <Link to="/institution/layouts" current={shown === 'layouts'} testid="tab-layouts">
              {say('layouts.title')}
            </Link>
            <Link to="/institution/keys" current={shown === 'keys'} testid="tab-keys">
              {say('keys.title')}
            </Link>
            <Link to="/institution/audit" current={shown === 'audit'} testid="tab-audit">
              {say('audit.title')}
            </Link>
          </>
        )}
      </nav>
      <Part part={shown} />
      {renaming && <Rename person={person} onClose={() => setRenaming(false)} />}
    </Shell>
  );
}

function Part({ part }: { part: InstitutionPart }) {
  switch (part) {
    case 'members':
      return <Members />;
    case 'storage':
      return <Storage />;
    case 'store':
      return <Store />;
    case 'layouts':
      return <Layouts />;
    case 'keys':
      return <AllKeys />;
    case 'audit':
      return <Audit />;
  }
}

function Rename({ person, onClose }: { person: Me; onClose: () => void }) {
  const [name, setName] = useState(person.organisation.name);
  const work = useWork();
  const save = () => {
    if (name.trim() === '') work.say(say('welcome.nameMissing'));
    else void work.run(async () => void (me.value = await renameOrganisation(name.trim()))).then((done) => done && onClose());
  };
  return (
    <Ask title={say('welcome.organisation')} what={say('do.save')} busy={work.busy} onClose={onClose} onSubmit={save}>
      <TextField
        label={say('field.name')}
        value={name}
        maxLength={120}
        error={work.trouble}
        autocomplete="organization"
        autofocus
        onInput={setName}
      />
    </Ask>
  );
}
