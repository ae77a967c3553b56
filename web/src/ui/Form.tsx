import type { ComponentChildren, Ref } from 'preact';
import { say } from '../words';
import { Button } from './Button';
import { Notice } from './Field';
import type { Work } from './work';

interface FormProps {
  work: Work;
  /** What the button says that applies the fields. */
  what: string;
  testid: string;
  /** `primary` where the form is what its page is for. */
  look?: 'primary' | 'plain';
  /** The button is as wide as the fields. */
  wide?: boolean;
  troubleTestid?: string;
  place?: Ref<HTMLFormElement>;
  onSubmit: () => void;
  onCancel?: () => void;
  /** What stands beside the button. */
  beside?: ComponentChildren;
  /** What stands under the button. */
  below?: ComponentChildren;
  children: ComponentChildren;
}

/** Fields, why they were not taken, and the button: nothing is applied before it is pressed, or Enter. */
export function Form({ work, what, testid, look = 'plain', wide, troubleTestid, place, onSubmit, onCancel, beside, below, children }: FormProps) {
  const button = (
    <Button look={look} type="submit" busy={work.busy} testid={testid}>
      {what}
    </Button>
  );
  return (
    <form
      ref={place ?? null}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {work.trouble !== null && (
        <Notice kind="trouble" {...(troubleTestid ? { testid: troubleTestid } : {})}>
          {work.trouble}
        </Notice>
      )}
      {wide ? (
        button
      ) : (
        <div class="form-actions">
          {button}
          {beside}
          {onCancel && (
            <Button look="quiet" onClick={onCancel}>
              {say('do.cancel')}
            </Button>
          )}
        </div>
      )}
      {below}
    </form>
  );
}
