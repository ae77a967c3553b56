import { useState } from 'preact/hooks';
import { me } from '../account';
import { changeMe, type Me, type MyChange } from '../api';
import { PasswordField, SHORTEST_PASSWORD, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { toast } from '../ui/Toast';
import { useWork } from '../ui/work';
import { say } from '../words';

async function apply(change: MyChange, done: string): Promise<void> {
  me.value = await changeMe(change);
  toast(done);
}

export function NameForm({ person }: { person: Me }) {
  const [name, setName] = useState(person.name);
  const work = useWork();
  const submit = () => {
    if (name.trim() === '') work.say(say('welcome.nameMissing'));
    else void work.run(() => apply({ name: name.trim() }, say('settings.saved')));
  };
  return (
    <Form work={work} onSubmit={submit} what={say('do.save')} testid="settings-name-save">
      <TextField label={say('join.name')} value={name} maxLength={120} autocomplete="name" testid="settings-name" onInput={setName} />
    </Form>
  );
}

export function EmailForm({ person }: { person: Me }) {
  const [email, setEmail] = useState(person.email);
  const [password, setPassword] = useState('');
  const work = useWork();
  const changed = email.trim() !== person.email;
  const submit = () => {
    if (!email.includes('@')) work.say(say('welcome.emailMissing'));
    else {
      const change: MyChange = { email: email.trim(), ...(person.hasPassword ? { password } : {}) };
      void work.run(() => apply(change, say('settings.saved'))).then((done) => done && setPassword(''));
    }
  };
  return (
    <Form work={work} onSubmit={submit} what={say('do.save')} testid="settings-email-save">
      <TextField
        label={say('field.email')}
        type="email"
        value={email}
        maxLength={254}
        autocomplete="email"
        testid="settings-email"
        onInput={setEmail}
      />
      {changed && person.hasPassword && (
        <PasswordField label={say('field.presentPassword')} value={password} autocomplete="current-password" onInput={setPassword} />
      )}
    </Form>
  );
}

export function PasswordForm({ person }: { person: Me }) {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const work = useWork();
  const submit = () => {
    if ([...next].length < SHORTEST_PASSWORD) {
      work.say(say('password.rule', { count: SHORTEST_PASSWORD }));
      return;
    }
    const change: MyChange = { newPassword: next, ...(person.hasPassword ? { password: present } : {}) };
    void work.run(() => apply(change, say('settings.passwordSaved'))).then((done) => {
      if (!done) return;
      setPresent('');
      setNext('');
    });
  };
  return (
    <Form work={work} onSubmit={submit} what={say('welcome.setPassword')} testid="settings-password-save">
      <input class="unseen" type="email" autocomplete="username" value={person.email} readOnly tabIndex={-1} aria-hidden="true" />
      {person.hasPassword && (
        <PasswordField
          label={say('field.presentPassword')}
          value={present}
          autocomplete="current-password"
          testid="settings-password"
          onInput={setPresent}
        />
      )}
      <PasswordField
        label={say('field.newPassword')}
        value={next}
        autocomplete="new-password"
        testid="settings-new-password"
        onInput={setNext}
      />
      <p class="hint">{say('settings.passwordHint')}</p>
    </Form>
  );
}
