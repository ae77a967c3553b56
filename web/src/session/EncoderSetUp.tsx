import type { ComponentChildren } from 'preact';
import type { Token } from '../api';
import { Button } from '../ui/Button';
import { CopyLink } from '../ui/CopyLink';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { say } from '../words';

/** What is put into an encoder or a player: the address, the token if it was just made, and where both go. */
export function EncoderSetUp({ token, onClose }: { token: Token; onClose: () => void }) {
  const secret = token.token ?? 'TOKEN';
  const addresses = [
    ...(token.may.includes('publish') ? [{ label: say('encoders.publishAddress'), url: `${location.origin}/api/v1/whip` }] : []),
    ...(token.may.includes('watch') ? [{ label: say('encoders.watchAddress'), url: `${location.origin}/api/v1/whep` }] : []),
  ];
  return (
    <Dialog
      title={token.name}
      testid="token-dialog"
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button look="primary" type="submit" testid="token-done">
          {say('do.done')}
        </Button>
      }
    >
      {token.token !== undefined && <p>{say('keys.madeDetail')}</p>}
      {token.token !== undefined && (
        <Copied label={say('encoders.token')} value={token.token} what="secret" testid="token-value" />
      )}
      {addresses.map(({ label, url }) => (
        <Copied key={url} label={label} value={url} what="text" testid="token-address" />
      ))}
      {token.may.includes('publish') && (
        <>
          <Hint name="OBS">
            <p class="hint">{say('encoders.obs')}</p>
          </Hint>
          <Hint name="FFmpeg">
            <p class="hint">{say('encoders.ffmpeg')}</p>
            <pre class="command">
              {`ffmpeg -re -i FILE -c:v libx264 -profile:v baseline -bf 0 -g 50 \\
  -c:a libopus -ar 48000 -ac 2 \\
  -f whip -whip_flags dtls_active -authorization ${secret} \\
  ${location.origin}/api/v1/whip`}
            </pre>
          </Hint>
        </>
      )}
      <Hint name="GStreamer">
        {token.may.includes('publish') && (
          <pre class="command">
            {`gst-launch-1.0 videotestsrc is-live=true ! whipclientsink \\
  signaller::whip-endpoint=${location.origin}/api/v1/whip \\
  signaller::auth-token=${secret}`}
          </pre>
        )}
        {token.may.includes('watch') && (
          <pre class="command">
            {`gst-launch-1.0 whepsrc auth-token=${secret} \\
  whep-endpoint=${location.origin}/api/v1/whep ! decodebin ! autovideosink`}
          </pre>
        )}
      </Hint>
    </Dialog>
  );
}

function Copied({ label, value, what, testid }: { label: string; value: string; what: 'text' | 'secret'; testid: string }) {
  return (
    <div class="copied">
      <TextField
        label={label}
        value={value}
        maxLength={2000}
        readOnly
        autofocus={what === 'secret'}
        testid={testid}
        onInput={() => undefined}
      />
      <CopyLink link={value} what={what} />
    </div>
  );
}

function Hint({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <details>
      <summary>{name}</summary>
      {children}
    </details>
  );
}
