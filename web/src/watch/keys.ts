import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export type Action =
  | { do: 'toggle' }
  | { do: 'seek'; seconds: number }
  | { do: 'volume'; by: number }
  | { do: 'mute' }
  | { do: 'fullscreen' };

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & { target: EventTarget | null };

/** What a key means to the player; null for what belongs to the page or to a field. */
export function actionOf(event: Pressed): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const tag = (event.target as { tagName?: string } | null)?.tagName ?? '';
  if (['INPUT', 'TEXTAREA', 'SELECT', 'DIALOG', 'AUDIO'].includes(tag)) return null;
  const onControl = ['BUTTON', 'A', 'SUMMARY'].includes(tag);
  switch (event.key.toLowerCase()) {
    case ' ':
      return onControl ? null : { do: 'toggle' };
    case 'k':
      return { do: 'toggle' };
    case 'j':
      return { do: 'seek', seconds: -10 };
    case 'l':
      return { do: 'seek', seconds: 10 };
    case 'arrowleft':
      return { do: 'seek', seconds: -5 };
    case 'arrowright':
      return { do: 'seek', seconds: 5 };
    case 'arrowup':
      return tag === 'VIDEO' ? { do: 'volume', by: 0.1 } : null;
    case 'arrowdown':
      return tag === 'VIDEO' ? { do: 'volume', by: -0.1 } : null;
    case 'm':
      return { do: 'mute' };
    case 'f':
      return { do: 'fullscreen' };
    default:
      return null;
  }
}

/** Only one thing is heard at a time: whatever else of this page plays is paused. */
export function playAlone(event: { currentTarget: EventTarget }): void {
  for (const media of document.querySelectorAll<HTMLMediaElement>('.watch video, .watch audio')) {
    if (media !== event.currentTarget) media.pause();
  }
}

export function act(video: HTMLVideoElement, action: Action): void {
  switch (action.do) {
    case 'toggle':
      if (video.paused) video.play().catch(() => undefined);
      else video.pause();
      break;
    case 'seek': {
      const end = Number.isFinite(video.duration) ? video.duration : Number.MAX_VALUE;
      video.currentTime = Math.min(end, Math.max(0, video.currentTime + action.seconds));
      break;
    }
    case 'volume':
      video.volume = Math.min(1, Math.max(0, video.volume + action.by));
      break;
    case 'mute':
      video.muted = !video.muted;
      break;
    case 'fullscreen':
      if (document.fullscreenElement) void document.exitFullscreen();
      else void video.requestFullscreen?.().catch(() => undefined);
      break;
  }
}

/** Has the keys of the page work a player as long as it is there. */
export function useKeys(element: RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const video = element.current;
      const action = video && actionOf(event);
      if (!video || !action) return;
      // Before the player's own keys, which would do it twice.
      event.preventDefault();
      event.stopPropagation();
      act(video, action);
    };
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  }, [element]);
}
