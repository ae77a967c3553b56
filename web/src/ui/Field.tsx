import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { say } from '../words';
import { Icon } from './Icon';

interface TextFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  maxLength: number;
  placeholder?: string;
  autocomplete?: string;
  autofocus?: boolean;
  hideLabel?: boolean;
  type?: 'text' | 'password' | 'email' | 'search' | 'datetime-local' | 'date';
  required?: boolean;
  readOnly?: boolean;
  min?: string;
  hint?: ComponentChildren;
  error?: string | null;
  testid?: string;
}

export function TextField({ label, value, onInput, hideLabel, hint, error, testid, type = 'text', ...rest }: TextFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The browser itself does it only while a document loads, and in dialogs.
    if (rest.autofocus) input.current?.focus();
  }, []);
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'unseen' : 'field-label'}>
        {label}
      </label>
      <input
        {...rest}
        ref={input}
        id={id}
        class="input"
        // Which attributes fit which type is known to the callers.
        {...({ type } as { type: 'text' })}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        data-testid={testid}
        onFocus={(event) => (rest.autofocus || rest.readOnly) && event.currentTarget.select()}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Below id={id} hint={hint} error={error} />
    </div>
  );
}

/** What stands under a field: what is wrong with it, else what it is for. */
function Below({ id, hint, error }: { id: string; hint?: ComponentChildren; error?: string | null | undefined }) {
  if (error) {
    return (
      <p class="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    );
  }
  return hint ? (
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
  ) : null;
}

interface LongFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  maxLength: number;
  rows?: number;
  hint?: ComponentChildren;
  error?: string | null;
  testid?: string;
}

/** Several lines of text. */
export function LongField({ label, value, onInput, maxLength, rows = 3, hint, error, testid }: LongFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <textarea
        id={id}
        class="input input-long"
        rows={rows}
        maxLength={maxLength}
        spellcheck={false}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        data-testid={testid}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Below id={id} hint={hint} error={error} />
    </div>
  );
}

interface PasswordFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** `new-password` says how much longer it has to be. */
  autocomplete: 'current-password' | 'new-password';
  error?: string | null;
  testid?: string;
}

/** A password, which its owner may look at. */
export function PasswordField({ label, value, onInput, autocomplete, error, testid }: PasswordFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const fresh = autocomplete === 'new-password';
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <span class="password">
        <input
          id={id}
          class="input"
          {...({ type: shown ? 'text' : 'password' } as { type: 'password' })}
          value={value}
          autocomplete={autocomplete}
          maxLength={LONGEST_PASSWORD}
          spellcheck={false}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : fresh ? `${id}-hint` : undefined}
          data-testid={testid}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button type="button" class="password-show" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {say('password.show')}
        </button>
      </span>
      <Below id={id} hint={fresh ? lengthHint(value) : null} error={error} />
    </div>
  );
}

export const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;
const LONG_PASSWORD = 16;

function lengthHint(password: string): string {
  const missing = SHORTEST_PASSWORD - [...password].length;
  if (password === '') return say('password.rule', { count: SHORTEST_PASSWORD });
  if (missing > 0) return say('password.missing', { count: missing });
  return say([...password].length < LONG_PASSWORD ? 'password.enough' : 'password.long');
}

interface CheckProps {
  label: string;
  detail?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** One of several of this name instead of yes or no. */
  group?: string;
  testid?: string;
}

/** A box to tick, or one of a group of which one is chosen. */
export function Check({ label, detail, checked, onChange, group, testid }: CheckProps) {
  return (
    <label class="check">
      <input
        type={group === undefined ? 'checkbox' : 'radio'}
        name={group}
        checked={checked}
        data-testid={testid}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="check-words">
        <span>{label}</span>
        {detail && <span class="hint">{detail}</span>}
      </span>
    </label>
  );
}

interface ChoiceFieldProps {
  label: string;
  value: string;
  choices: { value: string; label: string; lang?: string }[];
  onChange: (value: string) => void;
  disabled?: boolean;
  testid?: string;
}

export function ChoiceField({ label, value, choices, onChange, disabled, testid }: ChoiceFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <span class="select">
        <select
          id={id}
          class="input"
          value={value}
          disabled={disabled}
          data-testid={testid}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} lang={choice.lang} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={18} />
      </span>
    </div>
  );
}

interface SmallChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: { value: T; label: string; lang?: string }[];
  onChange: (value: T) => void;
  testid?: string;
}

/** A choice that is not the matter of its page: one line, its label for the ear. */
export function SmallChoice<T extends string>({ label, value, choices, onChange, testid }: SmallChoiceProps<T>) {
  return (
    <span class="select select-small">
      <select
        aria-label={label}
        value={value}
        data-testid={testid}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} lang={choice.lang} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" size={16} />
    </span>
  );
}

/** A sentence that asks to be read: neutral, or a trouble. */
export function Notice({
  kind = 'neutral',
  testid,
  actions,
  children,
}: {
  kind?: 'neutral' | 'trouble' | 'live';
  testid?: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'trouble' ? 'alert' : 'status'} data-testid={testid}>
      {kind === 'live' ? <span class="rec-dot" /> : <Icon name="warning" />}
      <p>{children}</p>
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  );
}
