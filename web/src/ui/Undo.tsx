import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words';
import { toast } from './Toast';

/** A little less than the server waits, so that nobody presses a button that is too late. */
const UNDO_MILLIS = 28_000;

/** Says that something is deleted, and for as long as it can be undone how to undo it. */
export function offerUndo(title: string, undo: () => Promise<string | null>, onBack: () => void): void {
  const press = async () => {
    dismiss();
    const trouble = await undo();
    if (trouble !== null) {
      toast(<span>{trouble}</span>, { icon: 'warning' });
      return;
    }
    toast(<span>{say('recording.back', { title })}</span>);
    onBack();
  };
  const dismiss = toast(
    <>
      <span>{say('recording.deleted', { title })}</span>
      <UndoButton onClick={() => void press()} />
    </>,
    { icon: 'bin', millis: UNDO_MILLIS, firm: true },
  );
}

/** Has the focus, because what had it is deleted. */
function UndoButton({ onClick }: { onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  return (
    <button ref={button} type="button" class="toast-action" data-testid="undo-button" onClick={onClick}>
      {say('do.undo')}
    </button>
  );
}
