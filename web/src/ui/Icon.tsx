// Drawn for this page on a grid of 24, lines of 1.75.

const SHAPES = {
  microphone: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3Z M5.5 11.5a6.5 6.5 0 0 0 13 0 M12 18v3',
  'microphone-off':
    'M15 10.5v-4a3 3 0 0 0-5.8-1.1 M9 9.5v2a3 3 0 0 0 4.6 2.5 M5.5 11.5a6.5 6.5 0 0 0 10.6 5 M18.5 11.5c0 .9-.2 1.7-.5 2.5 M12 18v3 M4 3.5l16 17',
  camera: 'M4.5 6.5h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z M15.5 11l6-3.5v9l-6-3.5',
  'camera-off':
    'M9.5 6.5h4a2 2 0 0 1 2 2V11l6-3.5v9L18 14.4 M15.5 15.5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2h1 M4 3.5l16 17',
  screen: 'M5 4.5h14A1.5 1.5 0 0 1 20.5 6v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5Z M8.5 20h7 M12 13.5V8 M9.5 10.3L12 7.8l2.5 2.5',
  link: 'M10 13.5a4.2 4.2 0 0 0 6 .3l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2 M14 10.5a4.2 4.2 0 0 0-6-.3l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2',
  leave: 'M1.6 14.8c-.6-3.6 4.2-7.3 10.4-7.3s11 3.7 10.4 7.3l-.3 1.7c-.1.7-.8 1.1-1.5 1l-4-.9c-.6-.1-1-.7-1-1.3v-2.4c-2.3-.9-5-.9-7.2 0v2.4c0 .6-.4 1.2-1 1.3l-4 .9c-.7.1-1.4-.3-1.5-1l-.3-1.7Z',
  stop: 'M7 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z',
  record: 'M12 5.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z',
  download: 'M12 4v11 M7 10.5l5 5l5-5 M4.5 19.5h15',
  play: 'M8 5.2v13.6c0 .8.9 1.3 1.6.8l9.8-6.8a1 1 0 0 0 0-1.6L9.6 4.4C8.9 3.9 8 4.4 8 5.2Z',
  close: 'M6 6l12 12 M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  down: 'M6.5 9.5l5.5 5.5l5.5-5.5',
  back: 'M10.5 6L4.5 12l6 6 M4.5 12h15',
  next: 'M9.5 6.5l5.5 5.5l-5.5 5.5',
  warning: 'M12 4.2l8.6 14.9a.6.6 0 0 1-.5.9H3.9a.6.6 0 0 1-.5-.9L12 4.2Z M12 10v4.5 M12 17.2v.1',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3 M19.5 3.5v4h-4',
  settings: 'M4 7.5h8 M18 7.5h2 M15 5v5 M4 16.5h2 M12 16.5h8 M9 14v5',
  people:
    'M9 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7Z M2.5 19.5c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5 M16 4.9a3.5 3.5 0 0 1 0 6.2 M17.5 14.3c2.4.6 4 2.5 4 5.2',
  person: 'M12 4a4 4 0 1 1 0 8a4 4 0 0 1 0-8Z M4.5 20.5c0-3.6 3.3-6 7.5-6s7.5 2.4 7.5 6',
  film: 'M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5Z M10 9v6l5-3Z',
  pencil: 'M4.5 19.5l.9-3.9L16.2 4.8a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.4 18.6l-3.9.9Z M14.3 6.7l3 3',
  bin: 'M4.5 6.5h15 M9.5 6.5v-2h5v2 M6.5 6.5l.9 13h9.2l.9-13 M10.2 10v6 M13.8 10v6',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13Z M15.3 15.3l5.2 5.2',
  plus: 'M12 5v14 M5 12h14',
  sound: 'M4 9.5v5h3.5l5 4v-13l-5 4H4Z M16 9a4.2 4.2 0 0 1 0 6 M18.5 6.5a7.8 7.8 0 0 1 0 11',
  pulse: 'M3 12.5h4l2.5-6l4.5 12l2.5-6H21',
  network: 'M12 18.6v.1 M8.6 15a4.8 4.8 0 0 1 6.8 0 M5.6 11.8a9 9 0 0 1 12.8 0 M2.6 8.6a13.3 13.3 0 0 1 18.8 0',
  door: 'M13 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h6 M10 12h10.5 M17 8.5l3.5 3.5l-3.5 3.5',
  mail: 'M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5Z M3.5 7.5l8.5 6l8.5-6',
  key: 'M8 10.5a4 4 0 1 1 0 8a4 4 0 0 1 0-8Z M11 11.7l8-7.7 M16 7l2.8 2.9',
  calendar: 'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v11.5A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 5 5.5Z M3.5 10h17 M8 3.5v4 M16 3.5v4',
  list: 'M8.5 6.5h12 M8.5 12h12 M8.5 17.5h12 M4 6.5h.1 M4 12h.1 M4 17.5h.1',
  box: 'M4.5 8.5V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1V8.5 M3.5 4.5h17v4h-17Z M9.5 12.5h5',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17Z M12 7.5V12l3 2',
} as const;

export type IconName = keyof typeof SHAPES;

const FILLED = new Set<IconName>(['stop', 'play', 'leave']);

/** Always beside words, or inside something that has a label of its own. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const filled = FILLED.has(name);
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={SHAPES[name]}
        fill={filled ? 'currentColor' : 'none'}
        stroke={filled ? 'none' : 'currentColor'}
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="logo-ground" width="32" height="32" rx="8" />
      <rect class="logo-take" x="6" y="8" width="14" height="4" rx="2" />
      <rect class="logo-take logo-faint" x="10" y="14" width="16" height="4" rx="2" />
      <rect class="logo-take" x="6" y="20" width="10" height="4" rx="2" />
      <circle class="logo-dot" cx="23" cy="22" r="3" />
    </svg>
  );
}
