import { makeSession, type SessionPlan } from '../api';
import { go } from '../router';
import { SessionForm } from '../session/SessionForm';
import { Shell } from '../ui/Shell';
import { say } from '../words';

const EMPTY: SessionPlan = {
  title: '',
  startsAt: null,
  timeZone: null,
  mode: 'video',
  cameraHeight: 720,
  coHosts: [],
  invited: [],
};

/** A session is made here: held at once one is led to its door, else to its page with the invitation. */
export function NewSession() {
  const make = async (plan: SessionPlan) => {
    const session = await makeSession(plan);
    const door = plan.startsAt === null && session.invitation !== null;
    go(door ? `/s/${encodeURIComponent(session.invitation ?? '')}` : `/sessions/${encodeURIComponent(session.id)}`);
  };
  return (
    <Shell title={say('home.new')}>
      <div class="narrow narrow-wide">
        <h1>{say('home.new')}</h1>
        <SessionForm
          start={EMPTY}
          what={(later) => say(later ? 'plan.make' : 'plan.makeAndJoin')}
          onSave={make}
          onCancel={() => go('/')}
        />
      </div>
    </Shell>
  );
}
