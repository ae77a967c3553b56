import { useEffect, useState } from 'preact/hooks';
import { ApiError, layoutPicture, sentence } from '../api';
import { say } from '../words';

/** So long nobody types before it is drawn anew. */
const PAUSE_MILLIS = 300;

interface LayoutPictureProps {
  name: string;
  /** JSON, perhaps half written. */
  form: string;
  people: number;
  screens: number;
}

/** What a layout looks like, or what is wrong with it. Keeps the last picture while a new one is drawn. */
export function LayoutPicture({ name, form, people, screens }: LayoutPictureProps) {
  const [source, setSource] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    const draw = async () => {
      try {
        const drawn = await layoutPicture(parsed(form), people, screens);
        if (over) URL.revokeObjectURL(drawn);
        else {
          setSource(drawn);
          setTrouble(null);
        }
      } catch (reason) {
        if (!over) setTrouble(sentence(reason));
      }
    };
    const timer = window.setTimeout(() => void draw(), PAUSE_MILLIS);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [form, people, screens]);
  useEffect(() => () => (source === null ? undefined : URL.revokeObjectURL(source)), [source]);
  return (
    <div class="layout-picture">
      {source === null ? (
        <div class="layout-frame" aria-busy={trouble === null} />
      ) : (
        <img class="layout-frame" src={source} alt={say('layouts.picture', { name })} data-testid="layout-picture" />
      )}
      {trouble !== null && (
        <p class="field-error" role="status" lang="en" data-testid="layout-trouble">
          {trouble}
        </p>
      )}
    </div>
  );
}

/** What is written, to be sent; refused here already if it is no JSON. */
export function parsed(form: string): unknown {
  try {
    return JSON.parse(form);
  } catch (reason) {
    throw new ApiError(0, 'no-json', say('layouts.noJson', { reason: reason instanceof Error ? reason.message : String(reason) }));
  }
}
