import { useState } from 'preact/hooks';
import { deleteLayout, layouts, type Layout } from '../api';
import { layoutName } from '../layouts';
import { usePoll } from '../poll';
import { Button, RoundButton } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Check } from '../ui/Field';
import { LayoutPicture } from '../ui/LayoutPicture';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { say } from '../words';
import { LayoutForm } from './LayoutForm';

/** What somebody writes: another one like this one, or what becomes of it. */
interface Writing {
  from: Layout;
  copy: boolean;
}

/** What films may look like, for admins: those that are shipped, and the institution's own. */
export function Layouts() {
  const poll = usePoll(layouts, () => 60_000);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [deleting, setDeleting] = useState<Layout | null>(null);
  const [screen, setScreen] = useState(false);
  const all = poll.value.value;
  const error = poll.error.value;
  const saved = () => {
    setWriting(null);
    poll.now();
  };
  return (
    <>
      <div class="section-head">
        <h2>{say('layouts.title')}</h2>
      </div>
      <p class="hint">{say('layouts.detail')}</p>
      {all === null && error === null && <SkeletonRows rows={3} />}
      {all === null && error !== null && <Failed what={say('layouts.failed')} error={error} onRetry={() => poll.now()} />}
      {all !== null && error !== null && <Stale error={error} />}
      {writing !== null && <LayoutForm {...writing} onSaved={saved} onClose={() => setWriting(null)} />}
      {writing === null && all !== null && (
        <>
          <Check label={say('layouts.withScreen')} checked={screen} onChange={setScreen} />
          <ul class="layouts">
            {all.map((one) => (
              <li key={one.id} class="layout-card" data-testid="layout" data-name={one.name}>
                <LayoutPicture name={layoutName(one.name)} form={JSON.stringify(one.layout)} people={4} screens={screen ? 1 : 0} />
                <div class="layout-foot">
                  <span class="layout-name">{layoutName(one.name)}</span>
                  {!one.shipped && (
                    <>
                      <RoundButton icon="pencil" label={say('layouts.change')} testid="layout-change" onClick={() => setWriting({ from: one, copy: false })} />
                      <RoundButton icon="bin" label={say('do.delete')} testid="layout-delete" onClick={() => setDeleting(one)} />
                    </>
                  )}
                  <Button look="quiet" testid="layout-copy" onClick={() => setWriting({ from: one, copy: true })}>
                    {say('layouts.another')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {deleting !== null && (
        <Confirm
          title={say('layouts.deleteTitle', { name: deleting.name })}
          what={say('do.delete')}
          testid="layout-delete-confirm"
          onClose={() => setDeleting(null)}
          onConfirm={async () => {
            await deleteLayout(deleting.id);
            poll.now();
          }}
        >
          <p>{say('layouts.deleteDetail')}</p>
        </Confirm>
      )}
    </>
  );
}
