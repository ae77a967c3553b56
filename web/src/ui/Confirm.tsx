import type { ComponentChildren } from 'preact';
import { Ask } from './Ask';
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
    <Ask
      title={title}
      what={what}
      danger={danger}
      {...(testid ? { whatTestid: testid } : {})}
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={() => void work.run(onConfirm).then((done) => done && onClose())}
    >
      {children}
    </Ask>
  );
}
