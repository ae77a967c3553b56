import { useState } from 'preact/hooks';
import { deleteSession, restoreSession, sentence, type Session } from '../api';
import { go } from '../router';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { toast } from '../ui/Toast';
import { say } from '../words';

/** A little less than the server waits. */
const UNDO_MILLIS = 28_000;

/** Deletes a session, after a second look, and with a way back for half a minute. */
export function DeleteSession({ facts, onDeleted }: { facts: Session; onDeleted: () => void }) {
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await deleteSession(facts);
    offer(facts);
    onDeleted();
  };
  return (
    <section class="danger-zone" aria-labelledby="delete-heading">
      <h2 id="delete-heading">{say('session.delete')}</h2>
      <p class="hint">{say('session.deleteDetail')}</p>
      <Button icon="bin" testid="session-delete" onClick={() => setAsking(true)}>
        {say('session.delete')}
      </Button>
      {asking && (
        <Confirm
          title={say('session.deleteTitle', { title: facts.title })}
          what={say('do.delete')}
          testid="session-delete-confirm"
          onClose={() => setAsking(false)}
          onConfirm={remove}
        >
          <p>{say('session.deleteWhat')}</p>
        </Confirm>
      )}
    </section>
  );
}

function offer(facts: Session): void {
  const undo = async () => {
    dismiss();
    try {
      await restoreSession(facts.id);
      toast(say('recording.back', { title: facts.title }));
      go(`/sessions/${encodeURIComponent(facts.id)}`);
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
    }
  };
  const dismiss = toast(
    <>
      <span>{say('recording.deleted', { title: facts.title })}</span>
      <button type="button" class="toast-action" onClick={() => void undo()}>
        {say('do.undo')}
      </button>
    </>,
    { icon: 'bin', millis: UNDO_MILLIS },
  );
}
