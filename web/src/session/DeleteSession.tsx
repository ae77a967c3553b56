import { useState } from 'preact/hooks';
import { deleteSession, restoreSession, sentence, type Session } from '../api';
import { go } from '../router';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Confirm';
import { offerUndo } from '../ui/Undo';
import { say } from '../words';

/** Deletes a session, after a second look, and with a way back for half a minute. */
export function DeleteSession({ facts, onDeleted }: { facts: Session; onDeleted: () => void }) {
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await deleteSession(facts);
    offerUndo(
      facts.title,
      () => restoreSession(facts.id).then(() => null, sentence),
      () => go(`/sessions/${encodeURIComponent(facts.id)}`),
    );
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
