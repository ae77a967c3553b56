import type { Session } from '../api';
import { moment, momentWithZone } from '../time';
import { say } from '../words';

/** When a session is, or that it is going on. */
export function When({ session, whole }: { session: Session; whole?: boolean }) {
  if (session.live > 0) {
    return (
      <span class="live-now">
        <span class={session.recording ? 'rec-dot' : 'live-dot'} />
        {say('home.there', { count: session.live })}
      </span>
    );
  }
  if (session.startsAt === null) return <span>{say('home.whenever')}</span>;
  return <span>{whole ? momentWithZone(session.startsAt) : moment(session.startsAt)}</span>;
}
