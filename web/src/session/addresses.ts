/** E-mail addresses that were typed or pasted: by lines, commas, semicolons, or as "Anna <anna@example.org>". */
export function addressesOf(text: string): { good: string[]; bad: string[] } {
  const good: string[] = [];
  const bad: string[] = [];
  for (const piece of text.split(/[\n,;]+/)) {
    const trimmed = piece.trim();
    if (trimmed === '') continue;
    const address = /<([^<>]+)>\s*$/.exec(trimmed)?.[1]?.trim() ?? trimmed;
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) bad.push(trimmed);
    else if (!good.some((other) => other.toLowerCase() === address.toLowerCase())) good.push(address);
  }
  return { good, bad };
}
