import type { End } from '../protocol';
import { Link } from '../router';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import type { RoomStore } from './store';

const WORDS: Record<End, { title: string; detail: string }> = {
  left: { title: 'You have left', detail: 'The session goes on without you. You can come back at any time.' },
  'no-session': { title: 'This session is no longer there', detail: 'Ask whoever sent the link for a new one.' },
  elsewhere: {
    title: 'You are in this session in another window',
    detail: 'Go on there, or come back here; then the other one is closed.',
  },
  refused: { title: 'The session did not take you in', detail: 'Load the page again, then join once more.' },
};

/** Outside again, and why. */
export function Ended({ id, store }: { id: string; store: RoomStore }) {
  const end = store.end.value ?? 'left';
  const words = WORDS[end];
  return (
    <div class="room room-ended" data-testid="ended" data-end={end}>
      <span class="empty-icon">
        <Icon name="leave" size={24} />
      </span>
      <h1>{words.title}</h1>
      <p>{end === 'refused' ? (store.complaint.value ?? words.detail) : words.detail}</p>
      <div class="ended-actions">
        {end === 'elsewhere' && (
          <Button look="primary" onClick={() => location.reload()}>
            Come back here
          </Button>
        )}
        {(end === 'left' || end === 'refused') && (
          <Link to={`/s/${encodeURIComponent(id)}`} class="button button-primary">
            Join again
          </Link>
        )}
        <Link to="/" class="button button-plain">
          Go to the start page
        </Link>
      </div>
    </div>
  );
}
