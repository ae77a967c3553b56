import type { Mode } from './api';
import type { Plain } from './words';

/** What the modes of sessions are called, and what they mean. */
export const MODE_WORDS: Record<Mode, { name: Plain; detail: Plain }> = {
  video: { name: 'mode.video', detail: 'mode.videoDetail' },
  'audio-show-video': { name: 'mode.audioShow', detail: 'mode.audioShowDetail' },
  'audio-no-video': { name: 'mode.audio', detail: 'mode.audioDetail' },
};
