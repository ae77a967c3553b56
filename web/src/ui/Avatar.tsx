import { hueOf, huesOf, initialsOf } from '../names';

interface AvatarProps {
  name: string;
  hue?: number;
  size?: 'small' | 'medium' | 'large';
}

/** A person without a picture: initials on a colour of their own. */
export function Avatar({ name, hue = hueOf(name), size = 'medium' }: AvatarProps) {
  return (
    <span class={`avatar avatar-${size} hue-${hue}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** A small picture of who was there, laid out as the recording lays them out. */
export function Mosaic({ names }: { names: string[] }) {
  const shown = names.slice(0, 9);
  const hues = huesOf(shown);
  const columns = shown.length <= 1 ? 1 : shown.length <= 4 ? 2 : 3;
  return (
    <span class={`mosaic mosaic-${columns}`} aria-hidden="true">
      {shown.map((name, index) => (
        <span class={`mosaic-pane hue-${hues[index]}`} key={index}>
          {shown.length <= 4 && initialsOf(name)}
        </span>
      ))}
    </span>
  );
}
