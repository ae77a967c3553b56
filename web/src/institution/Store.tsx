import { useState } from 'preact/hooks';
import { leaveStore, serverNow, storeFacts, type StoreFacts } from '../api';
import { usePoll } from '../poll';
import { duration, moment, size } from '../time';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { Notice } from '../ui/Field';
import { Failed, SkeletonRows, Stale } from '../ui/states';
import { say } from '../words';
import { StoreForm } from './StoreForm';

/** Where recordings are kept, and how that does, for admins. */
export function Store() {
  const poll = usePoll(storeFacts, () => 10_000);
  const facts = poll.value.value;
  const error = poll.error.value;
  return (
    <>
      <div class="section-head">
        <h2>{say('store.title')}</h2>
      </div>
      {facts === null && error === null && <SkeletonRows rows={3} />}
      {facts === null && error !== null && <Failed what={say('store.failed')} error={error} onRetry={() => poll.now()} />}
      {facts !== null && error !== null && <Stale error={error} />}
      {facts !== null && <Facts facts={facts} onChange={() => poll.now()} />}
    </>
  );
}

function Facts({ facts, onChange }: { facts: StoreFacts; onChange: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const { store, backlog, troubles } = facts;
  return (
    <div class="setting-body" data-testid="store" data-bucket={store?.bucket ?? ''}>
      {troubles.map((trouble) => (
        <Notice key={trouble.store} kind="trouble" testid="store-trouble">
          <span lang="en">{trouble.sentence}</span> {say('store.since', { time: moment(trouble.since) })}
        </Notice>
      ))}
      <p>{store === null ? say('store.folder') : say('store.bucketNow', { bucket: store.bucket })}</p>
      {backlog.oldest !== null && (
        <p data-testid="store-backlog">
          {say('health.backlogFacts', { count: backlog.segments, size: size(backlog.sizeBytes) })}{' '}
          {say('health.oldest', { duration: duration(Math.max(0, serverNow() - Date.parse(backlog.oldest))) })}{' '}
          {say('store.waits')}
        </p>
      )}
      <StoreForm key={store?.id ?? ''} store={store} onSaved={onChange} />
      {store !== null && (
        <div class="danger-zone">
          <p class="hint">{say('store.leaveDetail')}</p>
          <Button testid="store-leave" onClick={() => setLeaving(true)}>
            {say('store.leave')}
          </Button>
        </div>
      )}
      {leaving && (
        <Confirm
          title={say('store.leaveTitle')}
          what={say('store.leave')}
          danger={false}
          testid="store-leave-confirm"
          onClose={() => setLeaving(false)}
          onConfirm={async () => {
            await leaveStore();
            onChange();
          }}
        >
          <p>{say('store.leaveDetail')}</p>
        </Confirm>
      )}
    </div>
  );
}
