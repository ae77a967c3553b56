import { sayIfKnown } from './words';

/** What a layout is called: one that is shipped in the page's language. */
export function layoutName(name: string): string {
  return sayIfKnown(`layout.${name}`) ?? name;
}
