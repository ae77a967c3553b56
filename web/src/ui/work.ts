import { useRef, useState } from 'preact/hooks';
import { sentence } from '../api';

export interface Work {
  busy: boolean;
  /** The sentence on why it did not succeed. */
  trouble: string | null;
  say: (trouble: string | null) => void;
  /** Runs it, unless it runs already; resolves to whether it succeeded. */
  run: (work: () => Promise<void>) => Promise<boolean>;
}

/** What a button or a form does, and how far that is. */
export function useWork(): Work {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef(false);
  const run = async (work: () => Promise<void>) => {
    // Enter pressed twice is one wish.
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await work();
      return true;
    } catch (reason) {
      setTrouble(sentence(reason));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, trouble, say: setTrouble, run };
}
