import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

interface ButtonProps {
  /** `primary` once on a page, `danger` for what cannot be undone, `quiet` for the rest of the words. */
  look?: 'primary' | 'plain' | 'danger' | 'quiet';
  icon?: IconName;
  type?: 'button' | 'submit';
  busy?: boolean;
  disabled?: boolean;
  testid?: string;
  autofocus?: boolean;
  onClick?: () => void;
  children: ComponentChildren;
}

export function Button({ look = 'plain', icon, type = 'button', busy, disabled, testid, ...rest }: ButtonProps) {
  const { autofocus, onClick, children } = rest;
  return (
    <button
      type={type}
      class={`button button-${look}`}
      disabled={disabled || busy}
      aria-busy={busy ? 'true' : undefined}
      autofocus={autofocus}
      data-testid={testid}
      onClick={onClick}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}

interface RoundButtonProps {
  icon: IconName;
  label: string;
  /** For switches: whether the thing is on. */
  on?: boolean;
  /** Something of this person goes on because of it. */
  lit?: boolean;
  danger?: boolean;
  disabled?: boolean;
  testid?: string;
  onClick: () => void;
}

/** A round button with an icon; its label is read out, and shown when pointed at. */
export function RoundButton({ icon, label, on, lit, danger, disabled, testid, onClick }: RoundButtonProps) {
  return (
    <button
      type="button"
      class={`round${on === false ? ' round-off' : ''}${lit ? ' round-lit' : ''}${danger ? ' round-danger' : ''}`}
      aria-label={label}
      aria-pressed={on}
      title={label}
      disabled={disabled}
      data-testid={testid}
      onClick={onClick}
    >
      <Icon name={icon} size={24} />
    </button>
  );
}

export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}
