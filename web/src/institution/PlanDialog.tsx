import { useState } from 'preact/hooks';
import { PACKS, setPlan, type Pack, type ServedOrganisation, type Storage } from '../api';
import { size } from '../time';
import { Ask } from '../ui/Ask';
import { ChoiceField, TextField } from '../ui/Field';
import { toast } from '../ui/Toast';
import { useWork } from '../ui/work';
import { say, type Plain } from '../words';
import { draftOf, HEIGHTS, linesWords, packWords, planOf, sizeWords, USUAL_GIGABYTES, type PlanFault } from './plans';

const ALL = Object.keys(PACKS) as Pack[];

const FAULT_WORDS: Record<PlanFault, Plain> = {
  otherSize: 'plan.sizeWrong',
  tapeDays: 'plan.daysWrong',
  filesDays: 'plan.daysWrong',
  filesBeforeTape: 'plan.filesBeforeTape',
};

interface PlanDialogProps {
  organisation: ServedOrganisation;
  /** As it is. */
  kept: Storage;
  onClose: () => void;
}

/** What an organisation may keep and for how long, set by whoever runs the server. */
export function PlanDialog({ organisation, kept, onClose }: PlanDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(kept.plan));
  const [faults, setFaults] = useState<PlanFault[]>([]);
  const work = useWork();
  const wrong = (...which: PlanFault[]) => {
    const found = which.find((fault) => faults.includes(fault));
    return found === undefined ? null : say(FAULT_WORDS[found]);
  };
  const save = () => {
    const plan = planOf(draft);
    if (Array.isArray(plan)) {
      setFaults(plan);
      return;
    }
    setFaults([]);
    void work
      .run(async () => {
        await setPlan(organisation.id, plan);
        toast(say('plan.saved', { name: organisation.name }));
      })
      .then((done) => done && onClose());
  };
  return (
    <Ask
      title={say('plan.of', { name: organisation.name })}
      testid="plan-dialog"
      what={say('do.save')}
      whatTestid="plan-save"
      busy={work.busy}
      trouble={work.trouble}
      onClose={onClose}
      onSubmit={save}
    >
      <p class="hint">{say('storage.usedNoLimit', { used: size(kept.usage.totalBytes) })}</p>
      <ChoiceField
        label={say('plan.pack')}
        value={draft.pack}
        choices={ALL.map((pack) => ({ value: pack, label: packWords(pack) }))}
        testid="plan-pack"
        onChange={(value) => setDraft({ ...draft, pack: ALL.find((pack) => pack === value) ?? draft.pack })}
      />
      <ChoiceField
        label={say('plan.size')}
        value={draft.size}
        choices={[
          { value: '', label: sizeWords(null) },
          ...USUAL_GIGABYTES.map((gigabytes) => ({ value: gigabytes, label: sizeWords(Number(gigabytes) * 1e9) })),
          { value: 'other', label: say('plan.otherSize') },
        ]}
        testid="plan-size"
        onChange={(value) => setDraft({ ...draft, size: value })}
      />
      {draft.size === 'other' && (
        <TextField
          label={say('plan.gigabytes')}
          value={draft.otherSize}
          maxLength={20}
          autocomplete="off"
          error={wrong('otherSize')}
          testid="plan-other-size"
          onInput={(otherSize) => setDraft({ ...draft, otherSize })}
        />
      )}
      <TextField
        label={say('plan.tapeDays')}
        value={draft.tapeDays}
        maxLength={5}
        autocomplete="off"
        hint={say('plan.tapeHint')}
        error={wrong('tapeDays')}
        testid="plan-tape"
        onInput={(tapeDays) => setDraft({ ...draft, tapeDays })}
      />
      <TextField
        label={say('plan.filesDays')}
        value={draft.filesDays}
        maxLength={5}
        autocomplete="off"
        hint={say('plan.filesHint')}
        error={wrong('filesDays', 'filesBeforeTape')}
        testid="plan-files"
        onInput={(filesDays) => setDraft({ ...draft, filesDays })}
      />
      <ChoiceField
        label={say('plan.masters')}
        value={draft.lines}
        choices={['', ...HEIGHTS].map((height) => ({ value: height, label: linesWords(height === '' ? null : Number(height)) }))}
        testid="plan-masters"
        onChange={(lines) => setDraft({ ...draft, lines })}
      />
    </Ask>
  );
}
