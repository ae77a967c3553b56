// What this browser remembers. A browser that forbids it is one that forgets, nothing worse.

export type Remembered = 'name' | 'microphone' | 'camera' | 'language' | 'scheme' | 'account' | `storage.${string}`;

/** How this tab returns to a room after a reload or a lost connection. */
export interface Place {
  name: string;
  pass: string | null;
  microphoneOn: boolean;
  cameraOn: boolean;
}

export function recall(what: Remembered): string | null {
  return reading(() => localStorage.getItem(`everytake.${what}`));
}

export function remember(what: Remembered, value: string | null): void {
  writing(() => {
    if (value === null) localStorage.removeItem(`everytake.${what}`);
    else localStorage.setItem(`everytake.${what}`, value);
  });
}

export function place(session: string): Place | null {
  const text = reading(() => sessionStorage.getItem(`everytake.place.${session}`));
  if (!text) return null;
  try {
    return JSON.parse(text) as Place;
  } catch {
    return null;
  }
}

export function keepPlace(session: string, value: Place): void {
  writing(() => sessionStorage.setItem(`everytake.place.${session}`, JSON.stringify(value)));
}

export function givePlaceUp(session: string): void {
  writing(() => sessionStorage.removeItem(`everytake.place.${session}`));
}

function reading(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function writing(write: () => void): void {
  try {
    write();
  } catch {
    // Storage is full or forbidden.
  }
}
