import { expect, it } from 'vitest';

// What README.md promises to the tests from outside is there.
const sources = Object.values(
  import.meta.glob<string>('../src/**/*.tsx', { query: '?raw', import: 'default', eager: true }),
).join('\n');
const readme = Object.values(
  import.meta.glob<string>('../README.md', { query: '?raw', import: 'default', eager: true }),
).join('');

it('has every name that README.md promises', () => {
  const promised = readme.slice(readme.indexOf('`data-testid`'));
  const names = [...promised.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? '').filter((name) => !name.startsWith('data-'));
  expect(names.length).toBeGreaterThan(20);
  const missing = names.filter((name) => {
    const device = /^(microphone|camera)-select$/.test(name) && sources.includes('testid={`${device.kind}-select`}');
    return !device && !sources.toLowerCase().includes(`testid="${name}"`);
  });
  expect(missing).toEqual([]);
});

it('is free of inline styles in markup, which the content security policy forbids', () => {
  expect(sources).not.toMatch(/style="/);
  expect(sources).not.toMatch(/dangerouslySetInnerHTML/);
});

it('has its colours in tokens.css alone', () => {
  const styles = import.meta.glob<string>(['../src/styles/*.css', '!../src/styles/tokens.css'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  expect(Object.keys(styles).length).toBeGreaterThan(5);
  for (const [file, text] of Object.entries(styles)) expect({ file, colours: text.match(/#[0-9a-f]{3,8}\b|rgba?\(/gi) }).toEqual({ file, colours: null });
});
