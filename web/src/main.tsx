import '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { findOutIfSignedInBefore, findOutWhoIAm, looksAfterInstitution, me, meTrouble } from './account';
import { Health } from './pages/Health';
import { Home } from './pages/Home';
import { Institution } from './pages/Institution';
import { Join } from './pages/Join';
import { Lost } from './pages/Lost';
import { NewSession } from './pages/NewSession';
import { Organisations } from './pages/Organisations';
import { Recording } from './pages/Recording';
import { Recordings } from './pages/Recordings';
import { Room } from './pages/Room';
import { Session } from './pages/Session';
import { Settings } from './pages/Settings';
import { SignIn } from './pages/SignIn';
import { Welcome } from './pages/Welcome';
import { go, route, signInPath } from './router';
import { isOpen } from './routes';
import './styles/all.css';
import { RecordingNews } from './ui/News';
import { Shell } from './ui/Shell';
import { Failed, SkeletonRows } from './ui/states';
import { StorageNews } from './ui/StorageNews';
import { Toasts } from './ui/Toast';
import { say } from './words';

function App() {
  return (
    <>
      <Guarded />
      {me.value && <RecordingNews />}
      {me.value && looksAfterInstitution(me.value) && <StorageNews organisation={me.value.organisation.id} />}
      <Toasts />
    </>
  );
}

/** Members' pages wait until it is known who asks, and lead everybody else to the sign-in. */
function Guarded() {
  const person = me.value;
  const open = isOpen(route.value);
  const turnedAway = !open && person === null;
  useEffect(() => {
    if (open) findOutIfSignedInBefore();
    else if (me.peek() === undefined) void findOutWhoIAm();
  }, [open]);
  useEffect(() => {
    if (turnedAway) go(signInPath(), { replace: true });
  }, [turnedAway]);
  if (open || person) return <CurrentPage />;
  return (
    <Shell title="">
      {meTrouble.value !== null ? (
        <Failed what={say('app.failed')} error={meTrouble.value} onRetry={() => void findOutWhoIAm()} />
      ) : (
        person === undefined && <SkeletonRows rows={4} />
      )}
    </Shell>
  );
}

function CurrentPage() {
  const current = route.value;
  const first = useRef(true);
  useEffect(() => {
    // Whoever goes by keyboard or ear begins at the top of the new page, not at nothing.
    const main = document.querySelector<HTMLElement>('main');
    if (!first.current && !document.activeElement?.closest('main, .toasts')) main?.focus({ preventScroll: true });
    first.current = false;
  }, [current]);
  switch (current.page) {
    case 'home':
      return <Home />;
    case 'sign-in':
      return <SignIn />;
    case 'welcome':
      return <Welcome />;
    case 'join':
      return <Join id={current.invitation} key={current.invitation} />;
    case 'room':
      return <Room id={current.invitation} key={current.invitation} />;
    case 'new-session':
      return <NewSession />;
    case 'session':
      return <Session id={current.session} key={current.session} />;
    case 'recordings':
      return <Recordings />;
    case 'recording':
      return <Recording id={current.recording} key={current.recording} />;
    case 'settings':
      return <Settings />;
    case 'institution':
      return <Institution part={current.part} />;
    case 'health':
      return <Health />;
    case 'organisations':
      return <Organisations />;
    case 'nowhere':
      return (
        <Shell title={say('lost.page')}>
          <Lost title={say('lost.pageTitle')} detail={say('lost.pageDetail')} />
        </Shell>
      );
  }
}

const root = document.getElementById('app');
if (root) render(<App />, root);
