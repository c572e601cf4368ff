import type { RealmExport } from './realm-export.ts';

/**
 * A key that is enabled is published, so that what it signed is taken; one that is active as well signs. What is disabled
 * does neither, and an old one that is left passive beside a new one is no difference.
 */
export function keyFacts({ components }: RealmExport): readonly string[] {
  return (components['org.keycloak.keys.KeyProvider'] ?? []).flatMap(({ providerId, config }) => {
    if (isOff(config['enabled'])) return [];
    const curves = Object.entries(config).flatMap(([name, values]) =>
      name.endsWith('EllipticCurveKey') ? values : [],
    );
    const key = ['key', providerId, ...(config['algorithm'] ?? []), ...curves].join(' ');
    return isOff(config['active']) ? [key] : [key, `${key} is active`];
  });
}

/** Unsaid is on. */
const isOff = (values: readonly string[] = []) => values.includes('false');
