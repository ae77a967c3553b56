import type { ComponentChildren } from 'preact';
import { say } from '../words';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { useWork } from './work';

interface ConfirmProps {
  title: string;
  /** What the button says that does it. */
  what: string;
  danger?: boolean;
  testid?: string;
  onClose: () => void;
  onConfirm: () => Promise<void>;
  children: ComponentChildren;
}

/** A second look: what will be, and a button that does it. Stays, with the reason, when it did not succeed. */
export function Confirm({ title, what, danger = true, testid, onClose, onConfirm, children }: ConfirmProps) {
  const work = useWork();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void work.run(onConfirm).then((done) => done && onClose())}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {say('do.cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} type="submit" busy={work.busy} {...(testid ? { testid } : {})}>
            {what}
          </Button>
        </>
      }
    >
      {children}
      {work.trouble !== null && (
        <p class="field-error" role="alert">
          {work.trouble}
        </p>
      )}
    </Dialog>
  );
}
