// What happens in a recording and where, as the server tells it (docs/formats.md).

import { say } from '../words';

export interface Happening {
  kind: string;
  /** The person's name; of a part its number. */
  of: string;
}

export interface Chapter {
  fromMillis: number;
  /** In English. */
  title: string;
  happenings: Happening[];
}

/** What a chapter is called; what a page does not know is said as the server says it. */
export function chapterTitle(chapter: Chapter): string {
  const words = chapter.happenings.map(wordsOf);
  return words.includes(null) ? chapter.title : words.join(', ');
}

function wordsOf({ kind, of }: Happening): string | null {
  switch (kind) {
    case 'start':
      return say('chapters.start');
    case 'part':
      return say('chapters.part', { number: of });
    case 'joined':
      return say('chapters.joined', { name: of });
    case 'left':
      return say('chapters.left', { name: of });
    case 'screen-begins':
      return say('chapters.screenBegins', { name: of });
    case 'screen-ends':
      return say('chapters.screenEnds', { name: of });
    default:
      return null;
  }
}

/** Which chapter is seen at a time: the last that has begun; -1 if there is none. */
export function chapterAt(chapters: readonly Chapter[], seconds: number): number {
  return chapters.findLastIndex((chapter) => chapter.fromMillis <= seconds * 1000 + 1);
}
