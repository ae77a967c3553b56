import { useEffect, useState } from 'preact/hooks';
import { me } from '../account';
import { door, signIn } from '../api';
import { usePoll } from '../poll';
import { go, safePath, searched } from '../router';
import { Notice, PasswordField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Shell } from '../ui/Shell';
import { useWork } from '../ui/work';
import { say, sayIfKnown } from '../words';

/** The way in for members: password, or another provider where the server has one. */
export function SignIn() {
  const way = usePoll(door, () => 60_000).value.value;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const work = useWork();
  const then = safePath(searched.value.get('then'));
  const problem = searched.value.get('problem');
  const person = me.value;

  useEffect(() => {
    if (person) go(then, { replace: true });
  }, [person]);

  const submit = () => {
    if (email.trim() === '' || password === '') work.say(say('sign.missing'));
    else void work.run(async () => void (me.value = await signIn(email.trim(), password)));
  };

  return (
    <Shell title={say('sign.in')}>
      <div class="narrow" data-testid="sign-in">
        <h1>{say('sign.in')}</h1>
        {way?.setUp === false && (
          <Notice testid="not-set-up">{say('sign.notSetUp')}</Notice>
        )}
        {problem !== null && (
          <Notice kind="trouble" testid="sign-in-problem">
            {sayIfKnown(`error.oidc-${problem.replace(/^oidc-/, '')}`) ?? say('error.oidc-refused')}
          </Notice>
        )}
        <Form
          work={work}
          what={say('sign.in')}
          look="primary"
          wide
          testid="sign-in-button"
          troubleTestid="sign-in-trouble"
          onSubmit={submit}
          below={
            <>
              {way?.oidc && (
                <>
                  <p class="or">{say('sign.or')}</p>
                  <a
                    class="button button-plain"
                    href={then === '/' ? way.oidc.path : `${way.oidc.path}?${new URLSearchParams({ then })}`}
                    data-testid="oidc-button"
                  >
                    {say('sign.with', { provider: way.oidc.label })}
                  </a>
                </>
              )}
              <p class="hint">{say('sign.forgotten')}</p>
            </>
          }
        >
          <TextField
            label={say('field.email')}
            type="email"
            value={email}
            maxLength={254}
            autocomplete="username"
            testid="sign-in-email"
            onInput={setEmail}
          />
          <PasswordField
            label={say('field.password')}
            value={password}
            autocomplete="current-password"
            testid="sign-in-password"
            onInput={setPassword}
          />
        </Form>
      </div>
    </Shell>
  );
}
