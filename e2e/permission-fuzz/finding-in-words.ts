import type { Finding } from './check-permissions.ts';

/** A finding for people: what is wrong, who asked what, how to meet it again. */
export function findingInWords({ what, way, asking, operation, path }: Finding, { seed }: { seed: number }): string {
  return [
    `WRONG (${way}): ${what}`,
    `  asked by ${JSON.stringify(asking)}`,
    `  ${operation.text.replaceAll('\n', '\n  ')}`,
    `  variables ${JSON.stringify(operation.variables)}`,
    `  again: npm run fuzz -- --what permissions --seed ${seed} --path ${path}`,
  ].join('\n');
}
