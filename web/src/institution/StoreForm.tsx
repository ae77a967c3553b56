import { useState } from 'preact/hooks';
import { chooseStore, testStore, type Copies, type NewStore, type Store, type StoreStep } from '../api';
import { Button } from '../ui/Button';
import { Check, ChoiceField, Notice, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { toast } from '../ui/Toast';
import { useWork } from '../ui/work';
import { say, type Plain } from '../words';

const COPIES: Record<Copies, Plain> = { aes256: 'store.copiesAes256', kms: 'store.copiesKms', none: 'store.copiesNone' };

const ACTS: Record<StoreStep['act'], Plain> = {
  write: 'store.write',
  read: 'store.read',
  'read-range': 'store.readRange',
  list: 'store.list',
  delete: 'store.delete',
};

const EMPTY: NewStore = {
  endpoint: null,
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  pathStyle: false,
  accessKey: '',
  storageClass: null,
  copies: 'aes256',
  kmsKey: null,
};

function wanted(store: Store): NewStore {
  const { id: _, ...fields } = store;
  return fields;
}

/** Asks for a bucket, tries it, and chooses it. */
export function StoreForm({ store, onSaved }: { store: Store | null; onSaved: () => void }) {
  const [fields, setFields] = useState<NewStore>(store === null ? EMPTY : wanted(store));
  const [secret, setSecret] = useState('');
  const [steps, setSteps] = useState<StoreStep[] | null>(null);
  const saving = useWork();
  const testing = useWork();
  const set = (change: Partial<NewStore>) => {
    setFields({ ...fields, ...change });
    setSteps(null);
  };
  const asked = (): NewStore | null => {
    if (fields.bucket.trim() === '' || fields.accessKey.trim() === '' || (store === null && secret.trim() === '')) {
      saving.say(say('store.missing'));
      return null;
    }
    saving.say(null);
    const body = { ...fields, kmsKey: fields.copies === 'kms' ? fields.kmsKey : null };
    return secret.trim() === '' ? body : { ...body, secretKey: secret };
  };
  const save = () => {
    const body = asked();
    if (body === null) return;
    void saving.run(async () => void (await chooseStore(body))).then((done) => {
      if (!done) return;
      setSecret('');
      toast(say('settings.saved'));
      onSaved();
    });
  };
  const test = () => {
    const body = asked();
    if (body === null) return;
    setSteps(null);
    void testing.run(async () => setSteps(await testStore(body)));
  };
  const text = (field: 'endpoint' | 'storageClass' | 'kmsKey') => (value: string) => set({ [field]: value === '' ? null : value });
  return (
    <Form
      work={saving}
      onSubmit={save}
      what={say('do.save')}
      look="primary"
      testid="store-save"
      troubleTestid="store-refused"
      beside={
        <Button busy={testing.busy} testid="store-test" onClick={test}>
          {say('store.test')}
        </Button>
      }
      below={
        <>
          {testing.trouble !== null && <Notice kind="trouble">{testing.trouble}</Notice>}
          {steps !== null && <Steps steps={steps} />}
        </>
      }
    >
      <TextField
        label={say('store.endpoint')}
        hint={say('store.endpointHint')}
        value={fields.endpoint ?? ''}
        placeholder="https://s3.example.org"
        maxLength={500}
        autocomplete="off"
        testid="store-endpoint"
        onInput={text('endpoint')}
      />
      <TextField label={say('store.region')} value={fields.region} maxLength={64} autocomplete="off" testid="store-region" onInput={(region) => set({ region })} />
      <TextField label={say('store.bucket')} value={fields.bucket} maxLength={255} autocomplete="off" testid="store-bucket" onInput={(bucket) => set({ bucket })} />
      <TextField
        label={say('store.prefix')}
        hint={say('store.prefixHint')}
        value={fields.prefix}
        maxLength={256}
        autocomplete="off"
        testid="store-prefix"
        onInput={(prefix) => set({ prefix })}
      />
      <Check
        label={say('store.pathStyle')}
        detail={say('store.pathStyleHint')}
        checked={fields.pathStyle}
        testid="store-path-style"
        onChange={(pathStyle) => set({ pathStyle })}
      />
      <TextField label={say('store.accessKey')} value={fields.accessKey} maxLength={200} autocomplete="off" testid="store-access-key" onInput={(accessKey) => set({ accessKey })} />
      <TextField
        label={say('store.secretKey')}
        type="password"
        hint={say(store === null ? 'store.secretHint' : 'store.secretKept')}
        value={secret}
        maxLength={500}
        autocomplete="off"
        testid="store-secret-key"
        onInput={(value) => {
          setSecret(value);
          setSteps(null);
        }}
      />
      <TextField
        label={say('store.storageClass')}
        hint={say('store.storageClassHint')}
        value={fields.storageClass ?? ''}
        maxLength={64}
        autocomplete="off"
        testid="store-class"
        onInput={text('storageClass')}
      />
      <ChoiceField
        label={say('store.copies')}
        value={fields.copies}
        choices={Object.entries(COPIES).map(([value, word]) => ({ value, label: say(word) }))}
        testid="store-copies"
        onChange={(copies) => set({ copies: copies as Copies })}
      />
      {fields.copies === 'kms' && (
        <TextField label={say('store.kmsKey')} value={fields.kmsKey ?? ''} maxLength={500} autocomplete="off" onInput={text('kmsKey')} />
      )}
    </Form>
  );
}

function Steps({ steps }: { steps: StoreStep[] }) {
  const well = steps.every((step) => step.fault === null);
  return (
    <div role="status" data-testid="store-steps" data-well={well}>
      <p>{say(well ? 'store.allWell' : 'store.notWell')}</p>
      <ul class="rows">
        {steps.map((step) => (
          <li class="row" key={step.act} data-testid={`store-step-${step.act}`}>
            <Icon name={step.fault === null ? 'check' : 'warning'} />
            <span class="row-words">
              <span class="row-title">{say(ACTS[step.act])}</span>
              <span class="row-facts-plain">{step.fault === null ? say('store.passed') : <span lang="en">{step.fault}</span>}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
