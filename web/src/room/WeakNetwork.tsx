import type { Weakness } from '../protocol';
import { Icon } from '../ui/Icon';
import { say, type Plain } from '../words';
import type { RoomStore } from './store';

const WORDS: Record<Weakness, Plain> = { up: 'network.up', down: 'network.down', both: 'network.both' };
/** What it means for a recording that runs. What others send does not come to it over this person's network. */
const RECORDED: Record<Weakness, Plain> = {
  up: 'network.upRecorded',
  down: 'network.downRecorded',
  both: 'network.upRecorded',
};

/** Says that this person's network is weak. The box is there before the words, so that they are read out. */
export function WeakNetwork({ store }: { store: RoomStore }) {
  const weakness = store.weakness.value;
  const recorded = store.recording.value?.state === 'recording';
  return (
    <p class="room-weak" role="status" aria-live="polite" data-testid="weak-network">
      {weakness && (
        <>
          <Icon name="network" size={18} />
          <span>
            {say(WORDS[weakness])} {recorded && say(RECORDED[weakness])}
          </span>
        </>
      )}
    </p>
  );
}
