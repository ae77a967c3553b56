import { useState } from 'preact/hooks';
import type { Layout } from '../api';
import { layoutName } from '../layouts';
import { Check, ChoiceField } from '../ui/Field';
import { LayoutPicture } from '../ui/LayoutPicture';
import { say } from '../words';

/** The most people that a picture of a layout has. */
const MOST_PEOPLE = 9;

interface LayoutChoiceProps {
  /** Nothing as long as nobody knows. */
  offered: Layout[];
  chosen: Layout | null;
  /** How many people there are to place. */
  people: number;
  onChoose: (id: string) => void;
}

/** Where people and what they show are put in a film, and what that looks like. */
export function LayoutChoice({ offered, chosen, people, onChoose }: LayoutChoiceProps) {
  const [screen, setScreen] = useState(false);
  return (
    <>
      <ChoiceField
        label={say('files.layout')}
        value={chosen?.id ?? ''}
        choices={offered.map((one) => ({ value: one.id, label: layoutName(one.name) }))}
        disabled={offered.length === 0}
        testid="make-file-layout"
        onChange={onChoose}
      />
      {chosen === null ? (
        <div class="layout-frame" />
      ) : (
        <LayoutPicture
          name={layoutName(chosen.name)}
          form={JSON.stringify(chosen.layout)}
          people={Math.min(MOST_PEOPLE, Math.max(1, people))}
          screens={screen ? 1 : 0}
        />
      )}
      <Check label={say('files.withScreen')} checked={screen} testid="make-file-screen" onChange={setScreen} />
    </>
  );
}
