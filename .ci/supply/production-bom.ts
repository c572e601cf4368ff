import { z } from 'zod';
import type { LockedPackage } from './lockfile.ts';

const bomSchema = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), name: z.string() }) }),
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});
type Bom = z.infer<typeof bomSchema>;

/**
 * npm's bill of materials of the whole lockfile, without what only development needs. npm's own `--omit=dev` leaves out
 * whatever a development dependency needs too, a third of what runs in production (npm 11.19).
 */
export function productionBom(whole: unknown, packages: readonly LockedPackage[]): Bom {
  const { metadata, components, dependencies, ...rest } = bomSchema.parse(whole);
  const production = new Set(
    packages.filter(({ dev }) => dev !== true).map(({ name, version }) => `${name}@${version}`),
  );
  const root = metadata.component['bom-ref'];
  // npm names a component by its folder, which may be an alias; its reference has the package's own name.
  const kept = components
    .filter((one) => production.has(one['bom-ref']))
    .map((one) => ({ ...one, name: nameIn(one['bom-ref']) }));
  const refs = new Set([root, ...kept.map((one) => one['bom-ref'])]);
  return {
    ...rest,
    metadata: { ...metadata, component: { ...metadata.component, name: nameIn(root) } },
    components: kept,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ dependsOn, ...one }) => ({ ...one, dependsOn: dependsOn.filter((ref) => refs.has(ref)) })),
  };
}

function nameIn(ref: string): string {
  return ref.slice(0, ref.lastIndexOf('@'));
}
