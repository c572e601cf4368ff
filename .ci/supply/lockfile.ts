import { readFileSync } from 'node:fs';
import { z } from 'zod';

const entrySchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  os: z.union([z.string(), z.array(z.string())]).optional(),
  hasInstallScript: z.boolean().optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });

/** What the lockfile says of one installed package. */
export interface LockedPackage extends z.infer<typeof entrySchema> {
  readonly name: string;
  /** Where it is installed, e.g. `node_modules/jose`. */
  readonly path: string;
}

/** The packages of a lockfile's text, without the project itself. */
export function lockedPackages(json: string): readonly LockedPackage[] {
  return Object.entries(lockSchema.parse(JSON.parse(json)).packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({ ...entry, path, name: entry.name ?? path.split('node_modules/').at(-1) ?? path }));
}

/** Those of this project. */
export const ownPackages = (): readonly LockedPackage[] =>
  lockedPackages(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

/**
 * A platform's build of a development tool that the registry at hand does not carry (`complete-lockfile.ts`): it stands in
 * the lockfile by name and version only.
 */
export function isUnseenBuild({ integrity, dev, optional, os }: LockedPackage): boolean {
  return integrity === undefined && dev === true && optional === true && os !== undefined;
}
