import { useState } from 'preact/hooks';
import { Button, RoundButton } from './Button';
import { Dialog } from './Dialog';
import { TextField } from './Field';
import { toast } from './Toast';
import { say } from '../words';

interface CopyLinkProps {
  link: string;
  look?: 'primary' | 'plain' | 'quiet' | 'round';
  what?: keyof typeof COPIED;
}

const COPIED = { link: 'link.copied', secret: 'link.copiedSecret', text: 'link.copiedText' } as const;

/** Copies an invitation. Where the browser forbids it, shows the link to be copied by hand. */
export function CopyLink({ link, look = 'plain', what = 'link' }: CopyLinkProps) {
  const [byHand, setByHand] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      toast(say(COPIED[what]), { icon: 'link' });
    } catch {
      setByHand(true);
    }
  };
  return (
    <>
      {look === 'round' ? (
        <RoundButton icon="link" label={say('do.copyLink')} onClick={() => void copy()} testid="copy-link" />
      ) : (
        <Button look={look} icon={what === 'secret' ? 'key' : 'link'} onClick={() => void copy()} testid="copy-link">
          {say(what === 'link' ? 'do.copyLink' : 'do.copy')}
        </Button>
      )}
      {byHand && (
        <Dialog
          title={say('link.byHand')}
          onClose={() => setByHand(false)}
          onSubmit={() => setByHand(false)}
          actions={
            <Button look="primary" type="submit">
              {say('do.done')}
            </Button>
          }
        >
          <TextField label={say('link.field')} value={link} onInput={() => undefined} maxLength={2000} autofocus />
        </Dialog>
      )}
    </>
  );
}
