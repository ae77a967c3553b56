import { useState } from 'preact/hooks';
import { sentence, type Recording } from '../api';
import { isLive } from '../progress';
import { go } from '../router';
import { RoundButton } from '../ui/Button';
import { toast } from '../ui/Toast';
import { offerUndo } from '../ui/Undo';
import { remove } from './deletion';
import { say } from '../words';

/** Deletes at once, and says for as long as it can be undone how to undo it. */
export function DeleteButton({ facts, stay }: { facts: Recording; stay?: boolean }) {
  const [busy, setBusy] = useState(false);

  const press = async () => {
    setBusy(true);
    try {
      const undo = await remove(facts);
      offerUndo(facts.title, undo, () => {
        if (!stay) go(`/recordings/${encodeURIComponent(facts.id)}`);
      });
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
