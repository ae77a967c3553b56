import '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Home } from './pages/Home';
import { Join } from './pages/Join';
import { Lost } from './pages/Lost';
import { Recording } from './pages/Recording';
import { Recordings } from './pages/Recordings';
import { Room } from './pages/Room';
import { route } from './router';
import './styles/all.css';
import { Shell } from './ui/Shell';
import { Toasts } from './ui/Toast';
import { say } from './words';

function App() {
  return (
    <>
      <CurrentPage />
      <Toasts />
    </>
  );
}

function CurrentPage() {
  const current = route.value;
  const first = useRef(true);
  useEffect(() => {
    // Whoever goes by keyboard or ear begins at the top of the new page, not at nothing.
    if (!first.current) document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    first.current = false;
  }, [current]);
  switch (current.page) {
    case 'home':
      return <Home />;
    case 'join':
      return <Join id={current.session} key={current.session} />;
    case 'room':
      return <Room id={current.session} key={current.session} />;
    case 'recordings':
      return <Recordings />;
    case 'recording':
      return <Recording id={current.recording} key={current.recording} />;
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
