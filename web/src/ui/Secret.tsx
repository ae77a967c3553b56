import { say } from '../words';
import { Button } from './Button';
import { CopyLink } from './CopyLink';
import { Dialog } from './Dialog';
import { TextField } from './Field';

interface SecretProps {
  title: string;
  detail: string;
  label: string;
  value: string;
  onClose: () => void;
}

/** Something that is shown this once: a key, a link. */
export function Secret({ title, detail, label, value, onClose }: SecretProps) {
  return (
    <Dialog
      title={title}
      testid="secret-dialog"
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <>
          <CopyLink link={value} what="secret" />
          <Button look="primary" type="submit" testid="secret-done">
            {say('do.done')}
          </Button>
        </>
      }
    >
      <p>{detail}</p>
      <TextField label={label} value={value} maxLength={2000} readOnly autofocus testid="secret-value" onInput={() => undefined} />
    </Dialog>
  );
}
