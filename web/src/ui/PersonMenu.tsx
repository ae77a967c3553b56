import { useEffect, useRef, useState } from 'preact/hooks';
import { me } from '../account';
import { actIn, sentence, signOut, type Me } from '../api';
import { go, Link } from '../router';
import { say } from '../words';
import { Avatar } from './Avatar';
import { SmallChoice } from './Field';
import { LanguageChoice, SchemeChoice } from './Footer';
import { Icon } from './Icon';
import { toast } from './Toast';

/** Who one is here, and what is one's own: opened by the picture at the end of the head. */
export function PersonMenu({ person }: { person: Me }) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);

  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) close();
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      close();
      button.current?.focus();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', pressed);
    };
  }, [open]);

  const leave = async (everywhere: boolean) => {
    try {
      await signOut(everywhere);
      me.value = null;
      go('/sign-in');
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
    }
  };

  return (
    <div class="person" ref={place}>
      <button
        ref={button}
        type="button"
        class="person-button"
        aria-expanded={open}
        title={person.name}
        data-testid="person-menu"
        onClick={() => setOpen(!open)}
      >
        <Avatar name={person.name} />
        <span class="unseen">{say('menu.of', { name: person.name })}</span>
      </button>
      {open && (
        <div class="menu" data-testid="person-panel">
          <div class="menu-head">
            <span class="menu-name">{person.name}</span>
            <span class="hint">{person.email}</span>
            {person.organisations.length < 2 && <span class="hint">{person.organisation.name}</span>}
          </div>
          {person.organisations.length > 1 && <OrganisationChoice person={person} />}
          <Link to="/settings" class="menu-item" onGo={close} testid="menu-settings">
            <Icon name="settings" size={18} /> {say('menu.settings')}
          </Link>
          {person.operator && (
            <>
              <Link to="/organisations" class="menu-item" onGo={close} testid="menu-organisations">
                <Icon name="people" size={18} /> {say('menu.organisations')}
              </Link>
              <Link to="/health" class="menu-item" onGo={close} testid="menu-health">
                <Icon name="pulse" size={18} /> {say('menu.health')}
              </Link>
            </>
          )}
          <div class="menu-choices">
            <LanguageChoice />
            <SchemeChoice />
          </div>
          <button type="button" class="menu-item" data-testid="sign-out" onClick={() => void leave(false)}>
            <Icon name="door" size={18} /> {say('sign.out')}
          </button>
          <button type="button" class="menu-item" data-testid="sign-out-everywhere" onClick={() => void leave(true)}>
            <Icon name="door" size={18} /> {say('sign.outEverywhere')}
          </button>
        </div>
      )}
    </div>
  );
}

function OrganisationChoice({ person }: { person: Me }) {
  const change = async (organisation: string) => {
    try {
      me.value = await actIn(organisation);
      go('/');
    } catch (reason) {
      toast(<span>{sentence(reason)}</span>, { icon: 'warning' });
    }
  };
  return (
    <div class="menu-choices">
      <SmallChoice
        label={say('menu.organisation')}
        value={person.organisation.id}
        choices={person.organisations.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(id) => void change(id)}
        testid="organisation-select"
      />
    </div>
  );
}
