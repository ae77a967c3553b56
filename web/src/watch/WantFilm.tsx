import { useEffect, useState } from 'preact/hooks';
import { sentence, wantFilm } from '../api';
import { Button } from '../ui/Button';
import { say } from '../words';

/** For a recording of which no film is made by itself: the first who wants to watch has it made, and sees it grow. */
export function WantFilm({ recording, onAsked }: { recording: string; onAsked: () => void }) {
  const [asked, setAsked] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => setAsked(false), [recording]);
  const ask = () => {
    setAsked(true);
    setFailed(null);
    wantFilm(recording).then(onAsked, (error: unknown) => {
      setAsked(false);
      setFailed(error);
    });
  };
  return (
    <div class="screen" data-testid="screen-unfilmed">
      <p class="screen-title">{say('recording.unfilmed')}</p>
      <p>{say('recording.unfilmedWhy')}</p>
      <Button look="primary" busy={asked} onClick={ask} testid="want-film">
        {say('recording.film')}
      </Button>
      {failed !== null && (
        <p class="field-error" role="alert">
          {sentence(failed)}
        </p>
      )}
    </div>
  );
}
