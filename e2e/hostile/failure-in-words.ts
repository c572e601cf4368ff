import type { Checked } from './check-attacked.ts';

/** A claim that did not hold, for people: what was done, and how to meet it again. */
export function failureInWords(
  { claim, attack, path }: NonNullable<Checked['failure']>,
  { slug, seed }: { readonly slug: string; readonly seed: number },
): string {
  return [
    `BROKEN: ${slug}: ${claim.slice(0, 2_000)}`,
    `  question ${attack.question}, asked ${attack.asked}`,
    ...attack.spoils.map((spoil) => `  spoilt by ${JSON.stringify(spoil)}`),
    `  again: npm run fuzz -- --what departments --only ${slug} --seed ${seed} --path ${path}`,
  ].join('\n');
}
