import { useState } from 'preact/hooks';
import { addLayout, changeLayout, type Layout } from '../api';
import { Check, LongField, SmallChoice, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { LayoutPicture, parsed } from '../ui/LayoutPicture';
import { toast } from '../ui/Toast';
import { useWork } from '../ui/work';
import { say } from '../words';

const PEOPLE = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface LayoutFormProps {
  /** What it begins with. */
  from: Layout;
  /** Whether it becomes another one, rather than what becomes of that one. */
  copy: boolean;
  onSaved: () => void;
  onClose: () => void;
}

/** A layout's name and form, beside a picture of what is written. */
export function LayoutForm({ from, copy, onSaved, onClose }: LayoutFormProps) {
  const [name, setName] = useState(copy ? '' : from.name);
  const [form, setForm] = useState(JSON.stringify(from.layout, null, 2));
  const [people, setPeople] = useState('4');
  const [screen, setScreen] = useState(false);
  const work = useWork();
  const save = () => {
    if (name.trim() === '') {
      work.say(say('layouts.nameMissing'));
      return;
    }
    const saving = async () => {
      const layout = parsed(form);
      await (copy ? addLayout(name.trim(), layout) : changeLayout(from.id, name.trim(), layout));
    };
    void work.run(saving).then((done) => {
      if (!done) return;
      toast(say('settings.saved'));
      onSaved();
    });
  };
  return (
    <div class="layout-editor">
      <Form work={work} what={say('do.save')} look="primary" testid="layout-save" onSubmit={save} onCancel={onClose}>
        <TextField label={say('field.name')} value={name} maxLength={80} autocomplete="off" testid="layout-name" onInput={setName} />
        <LongField
          label={say('layouts.form')}
          hint={say('layouts.formHint')}
          value={form}
          rows={20}
          maxLength={16384}
          testid="layout-form"
          onInput={setForm}
        />
      </Form>
      <div class="layout-beside">
        <LayoutPicture name={name} form={form} people={Number(people)} screens={screen ? 1 : 0} />
        <div class="layout-with">
          <SmallChoice
            label={say('layouts.people')}
            value={people}
            choices={PEOPLE.map((count) => ({ value: count, label: say('list.people', { count: Number(count) }) }))}
            testid="layout-people"
            onChange={setPeople}
          />
          <Check label={say('layouts.withScreen')} checked={screen} testid="layout-screen" onChange={setScreen} />
        </div>
      </div>
    </div>
  );
}
