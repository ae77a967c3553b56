import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
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
  error?: string | null;
  testid?: string;
}

export function TextField({ label, value, onInput, hideLabel, error, testid, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'unseen' : 'field-label'}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        class="input"
        type="text"
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        data-testid={testid}
        onFocus={(event) => rest.autofocus && event.currentTarget.select()}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceFieldProps {
  label: string;
  value: string;
  choices: { value: string; label: string }[];
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
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
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
