import { hueOf, initialsOf } from '../names';

/** A person without a picture: initials on a colour that stays theirs. */
export function Avatar({ name, size = 'medium' }: { name: string; size?: 'small' | 'medium' | 'large' }) {
  return (
    <span class={`avatar avatar-${size} hue-${hueOf(name)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** A small picture of who was there, laid out as the recording lays them out. */
export function Mosaic({ names }: { names: string[] }) {
  const shown = names.slice(0, 9);
  const columns = shown.length <= 1 ? 1 : shown.length <= 4 ? 2 : 3;
  return (
    <span class={`mosaic mosaic-${columns}`} aria-hidden="true">
      {shown.map((name, index) => (
        <span class={`mosaic-pane hue-${hueOf(name)}`} key={index}>
          {shown.length <= 4 && initialsOf(name)}
        </span>
      ))}
    </span>
  );
}
