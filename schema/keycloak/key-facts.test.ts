import { expect, test } from '@jest/globals';
import { keyFacts } from './key-facts.ts';
import { realmExport } from './realm-export.ts';
import { REALM_COMPONENTS } from './realm-settings.ts';

const KEYS = 'org.keycloak.keys.KeyProvider';
type Config = Record<string, string[]>;

/** Of keys of RS256, changed so. */
const factsOf = (...changes: Config[]) => {
  const keys = changes.map((change) => ({ ...RS256, config: { ...RS256.config, ...change } }));
  return new Set(keyFacts(realmExport.parse({ roles: {}, clients: [], components: { [KEYS]: keys } })));
};
const RS256 = { name: 'rs256', providerId: 'rsa-generated', config: { algorithm: ['RS256'] } };
const FACTS = ['key rsa-generated RS256', 'key rsa-generated RS256 is active'];

test.each<[string, Config[], string[]]>([
  ['as it was made', [{}], FACTS],
  ['as the console saves it', [{ enabled: ['true'], active: ['true'] }], FACTS],
  ['passive', [{ active: ['false'] }], FACTS.slice(0, 1)],
  ['disabled', [{ enabled: ['false'] }], []],
  ['an old one that is passive, and a new one', [{ active: ['false'] }, {}], FACTS],
])('a key %s', (_, changes, facts) => {
  expect([...factsOf(...changes)]).toEqual(facts);
});

test('the realm asks for a key that signs, of each algorithm that the hub takes, by its curve', () => {
  const facts = keyFacts(realmExport.parse({ roles: {}, clients: [], components: REALM_COMPONENTS }));
  const asked = ['rsa-generated RS256', 'rsa-generated PS256', 'ecdsa-generated P-256'];
  expect(facts).toEqual(expect.arrayContaining(asked.map((key) => `key ${key} is active`)));
});
