import { call, picture } from './call';

/** What a film may look like. */
export interface Layout {
  /** Of one that is shipped its name. */
  id: string;
  name: string;
  /** It comes with the program and stays as it is. */
  shipped: boolean;
  /** As formats.md has it. */
  layout: unknown;
}

export async function layouts(): Promise<Layout[]> {
  return (await call<{ layouts: Layout[] }>('GET', '/layouts')).layouts;
}

export function addLayout(name: string, layout: unknown): Promise<Layout> {
  return call('POST', '/layouts', { body: { name, layout } });
}

export function changeLayout(id: string, name: string, layout: unknown): Promise<Layout> {
  return call('PUT', `/layouts/${encodeURIComponent(id)}`, { body: { name, layout } });
}

export function deleteLayout(id: string): Promise<void> {
  return call('DELETE', `/layouts/${encodeURIComponent(id)}`);
}

/** The address of a picture of it, for whoever shows it to revoke. */
export function layoutPicture(layout: unknown, people: number, screens: number): Promise<string> {
  return picture('POST', '/layouts/preview', { body: { layout, people, screens } });
}
