/** Who made a secret: the hub's operator (as strong as is wanted), or somebody else (a department's password). */
export type SecretKind = 'key' | 'credential';

/**
 * Least entropy in bits, as `effectiveBits` estimates it. 16 random bytes in any encoding are above the first, a password
 * of eight unlike characters is above the second.
 */
const LEAST: Readonly<Record<SecretKind, { readonly characters: number; readonly bits: number }>> = {
  key: { characters: 32, bits: 75 },
  credential: { characters: 8, bits: 20 },
};

/** Stand in examples, samples and habits; no random text of a reasonable length has them. */
const WORDS = [
  'changeme',
  'change-me',
  'change_me',
  'placeholder',
  'example',
  'password',
  'passw0rd',
  'letmein',
  'qwerty',
  'xinqiao',
  'your-',
  'your_',
  // What the demo makes: e2e/harness, e2e/systems.
  'demo-',
  'sample-',
  'made-up-',
];

/** Printed where everybody can read them, though they look random. */
const PUBLISHED = [
  // docs/operating.md
  '480adea0a616eaab4ecf4b86da99d2a454951acd4e8a3a9d6fe303f6859cd43a',
  '3d6ef9084fa5b7868e77da4f3d0c8063e43d9bd9667bd70a501002a8126e1d2d',
  // RFC 7515, A.1.1; RFC 8037, A.1
  'aym1syspbydfgzld3umj1qzkobwvmkoqq-estjqlr_t-1qs0gzh75aktmn3yj0ips4hcguutwjazzr1z9caow',
  'nwgxne_9wmc6her0kuwsxerjxwl7mmkzcdusaxyuf2a',
];

/** Whether it is, or contains, a key that everybody can read. */
export const isPublished = (secret: string): boolean => PUBLISHED.some((known) => secret.toLowerCase().includes(known));

/** Why a secret is too weak for production, in words that do not repeat it; `null` = it is not. */
export function weakSecretFault(secret: string, kind: SecretKind): string | null {
  const { characters, bits } = LEAST[kind];
  const lower = secret.toLowerCase();
  if (isPublished(secret)) return 'is published as an example; make one of your own';
  if (WORDS.some((word) => lower.includes(word))) return 'is a demo or example value; make one of your own';
  if (secret.length < characters) return `must have at least ${characters} characters in production`;
  if (effectiveBits(secret) < bits) return 'is too easy to guess; make a random one';
  return null;
}

/** Entropy by how often each character occurs, once what is repeated or goes on in equal steps (`0123`, `zyx`) is left out. */
export function effectiveBits(text: string): number {
  const codes = [...onceOnly(text)].map((character) => character.codePointAt(0) ?? 0);
  const step = (i: number) => (codes[i] ?? 0) - (codes[i - 1] ?? 0);
  const kept = codes.filter((_, i) => i < 2 || step(i) !== step(i - 1));
  const counts = new Map<number, number>();
  for (const code of kept) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits + count * Math.log2(kept.length / count), 0);
}

/** The shortest text that repeated, the last time perhaps in part, gives this one. */
function onceOnly(text: string): string {
  for (let period = 1; period <= text.length / 2; period += 1)
    if (text.startsWith(text.slice(period))) return text.slice(0, period);
  return text;
}
