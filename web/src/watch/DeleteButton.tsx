import { useState } from 'preact/hooks';
import { sentence, type Recording } from '../api';
import { isLive } from '../progress';
import { go } from '../router';
import { RoundButton } from '../ui/Button';
import { toast } from '../ui/Toast';
import { remove } from './deletion';
import { say } from '../words';

/** A little less than the server waits, so that nobody presses a button that is too late. */
const UNDO_MILLIS = 28_000;

/** Deletes at once, and says for as long as it can be undone how to undo it. */
export function DeleteButton({ facts, stay }: { facts: Recording; stay?: boolean }) {
  const [busy, setBusy] = useState(false);

  const press = async () => {
    setBusy(true);
    try {
      const undo = await remove(facts);
      offer(facts, undo, stay === true);
      if (!stay) go('/recordings');
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
      setBusy(false);
    }
  };

  return (
    <RoundButton
      icon="bin"
      label={isLive(facts) ? say('recording.deleteStopFirst') : say('recording.deleteOne', { title: facts.title })}
      disabled={busy || isLive(facts)}
      testid="delete-button"
      onClick={() => void press()}
    />
  );
}

function offer(facts: Recording, undo: () => Promise<string | null>, stay: boolean): void {
  const press = async () => {
    const trouble = await undo();
    dismiss();
    if (trouble !== null) {
      toast(<span>{trouble}</span>, { icon: 'warning' });
      return;
    }
    toast(<span>{say('recording.back', { title: facts.title })}</span>);
    if (!stay) go(`/recordings/${encodeURIComponent(facts.id)}`);
  };
  const dismiss = toast(
    <>
      <span>{say('recording.deleted', { title: facts.title })}</span>
      <button type="button" class="toast-action" data-testid="undo-button" onClick={() => void press()}>
        {say('do.undo')}
      </button>
    </>,
    { icon: 'bin', millis: UNDO_MILLIS },
  );
}
