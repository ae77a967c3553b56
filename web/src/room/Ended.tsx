import { useEffect, useRef } from 'preact/hooks';
import type { End } from '../protocol';
import { Link } from '../router';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import type { RoomStore } from './store';
import { say, type Plain } from '../words';

const WORDS: Record<End, { title: Plain; detail: Plain }> = {
  left: { title: 'ended.left', detail: 'ended.leftDetail' },
  'no-session': { title: 'ended.noSession', detail: 'ended.noSessionDetail' },
  elsewhere: { title: 'ended.elsewhere', detail: 'ended.elsewhereDetail' },
  refused: { title: 'ended.refused', detail: 'ended.refusedDetail' },
};

/** Outside again, and why. */
export function Ended({ id, store }: { id: string; store: RoomStore }) {
  const end = store.end.value ?? 'left';
  const words = WORDS[end];
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <main class="room room-ended" ref={place} tabIndex={-1} data-testid="ended" data-end={end}>
      <span class="empty-icon">
        <Icon name="leave" size={24} />
      </span>
      <h1>{say(words.title)}</h1>
      <p>{end === 'refused' ? (store.complaint.value ?? say(words.detail)) : say(words.detail)}</p>
      <div class="ended-actions">
        {end === 'elsewhere' && (
          <Button look="primary" onClick={() => location.reload()}>
            {say('ended.comeBack')}
          </Button>
        )}
        {(end === 'left' || end === 'refused') && (
          <Link to={`/s/${encodeURIComponent(id)}`} class="button button-primary">
            {say('ended.joinAgain')}
          </Link>
        )}
        <Link to="/" class="button button-plain">
          {say('app.toHome')}
        </Link>
      </div>
    </main>
  );
}
