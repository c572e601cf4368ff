import { isUnseenBuild, type LockedPackage } from './lockfile.ts';

/** SPDX ids that ask for no more than the notice. */
const TAKEN = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Zlib',
]);

/** Beside them, for development only: data with attribution. */
const TAKEN_IN_DEVELOPMENT = new Set([...TAKEN, 'CC-BY-4.0']);

/** Taken for this package alone, by docs/decisions/licences.md. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@apollo/composition': 'Elastic-2.0',
  '@apollo/federation-internals': 'Elastic-2.0',
  '@apollo/gateway': 'Elastic-2.0',
  '@apollo/query-graphs': 'Elastic-2.0',
  '@apollo/query-planner': 'Elastic-2.0',
};

/** One line for each package whose licence is not known to be taken. */
export function licenceProblems(packages: readonly LockedPackage[]): readonly string[] {
  return packages
    .filter((one) => !isUnseenBuild(one) && EXCEPTIONS[one.name] !== (one.license ?? '') && !isTaken(one))
    .map(({ name, version = '', license }) => {
      const named = license === undefined ? 'names no licence' : `is under ${license}, which is not on the list`;
      return `${name}@${version} ${named}: docs/decisions/licences.md, .ci/supply/licence-rules.ts`;
    });
}

/** An SPDX expression of one kind of operator; anything more involved is for a person to read. */
function isTaken({ license = '', dev }: LockedPackage): boolean {
  const taken = dev === true ? TAKEN_IN_DEVELOPMENT : TAKEN;
  const expression = license.replace(/^\((.*)\)$/, '$1');
  const all = expression.split(' AND ');
  if (all.length > 1) return all.every((id) => taken.has(id));
  return expression.split(' OR ').some((id) => taken.has(id));
}

/** How many packages are under each licence, the most frequent first. */
export function licenceList(packages: readonly LockedPackage[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { license = 'none' } of packages) counts.set(license, (counts.get(license) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([licence, count]) => `${licence} ${count}`);
}
