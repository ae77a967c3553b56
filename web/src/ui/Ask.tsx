import type { ComponentChildren } from 'preact';
import { say } from '../words';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface AskProps {
  title: string;
  testid?: string;
  /** What the button says that does it. */
  what: string;
  danger?: boolean;
  whatTestid?: string;
  /** The focus begins at that button: nothing is to be filled in. */
  atOnce?: boolean;
  /** What the other button says. */
  cancel?: string;
  busy?: boolean;
  /** Why it did not succeed, where no field says so. */
  trouble?: string | null;
  onClose: () => void;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** A dialog that asks: a few fields or a second look, a button that does it and one that leaves it. */
export function Ask({ title, testid, what, danger, whatTestid, atOnce, cancel, busy, trouble, onClose, onSubmit, children }: AskProps) {
  return (
    <Dialog
      title={title}
      {...(testid ? { testid } : {})}
      onClose={onClose}
      onSubmit={onSubmit}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {cancel ?? say('do.cancel')}
          </Button>
          <Button
            look={danger ? 'danger' : 'primary'}
            type="submit"
            busy={busy === true}
            autofocus={atOnce === true}
            {...(whatTestid ? { testid: whatTestid } : {})}
          >
            {what}
          </Button>
        </>
      }
    >
      {children}
      {trouble != null && (
        <p class="field-error" role="alert">
          {trouble}
        </p>
      )}
    </Dialog>
  );
}
