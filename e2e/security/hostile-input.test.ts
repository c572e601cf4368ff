/** What a known caller with every scope can do by what it writes into the arguments: every root field, every kind of text. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLField } from 'graphql';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { verifyAudit } from '../demo/audit-commands.ts';
import { PROFILE } from '../demo/queries.ts';
import { storyOf } from '../harness/care-seed.ts';
import { type Caller, withToken, worker } from '../harness/caller.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { hostileOperation, takesText } from '../harness/hostile-operation.ts';
import type { HubAnswer } from '../harness/hub-client.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { type KeyProxy, keyProxy } from '../harness/key-proxy.ts';
import { rightClaims, type TestKey, testKey } from '../harness/test-key.ts';

const generated = (file: string) => readFileSync(new URL(`../../schema/generated/${file}`, import.meta.url), 'utf8');
const api = buildSchema(generated('api.graphql'));
const EVERY_SCOPE = [...new Set(generated('permissions.json').match(/"[a-z-]+(:[a-z-]+)+"/g))]
  .join(' ')
  .replaceAll('"', '');
const PURPOSES = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING', 'STATISTICS', 'AUDIT'];

let key: TestKey;
let keys: KeyProxy;
let stack: Stack;
let mighty: Caller;
let own: Caller;
let pupil: ReturnType<typeof storyOf>;
let before: HubAnswer;
beforeAll(async () => {
  key = await testKey();
  keys = await keyProxy(() => [key.publicJwk]);
  // The sign-in server would say of no token of the test's key that it holds.
  const environment = { OIDC_JWKS_URL: keys.url, OIDC_CLIENT_SECRET: '', UNSEEN_ANSWER_MS: '0' };
  stack = await startStack({ environment });
  keys.before(stack.signIn.issuer);
  pupil = storyOf(stack.world, 'pupil-in-crisis');
  const claims = { scope: EVERY_SCOPE, purposes: PURPOSES, division: '390107' };
  mighty = withToken(stack.gateway, await key.sign(rightClaims(stack.signIn.issuer, claims)));
  own = withToken(stack.gateway, await stack.signIn.signIn('mother', { scope: 'consent:write' }));
  before = await seen();
}, 120_000);
afterAll(async () => {
  await stack.close();
  await keys.close();
});

/** What a case worker of the person sees; the time of reading aside. */
const seen = async (): Promise<HubAnswer> => {
  const answer = await (await worker(stack, 'health-worker')).ask(PROFILE, { id: pupil.id });
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'asOf' ? undefined : value)));
};

const OWN = /^(me|my[A-Z].*|whoCanSee|agreeToConsent|withdrawConsent|request(Copy|Correction|Deletion))$/;
const purposeOf = (name: string) => {
  if (/^(audit|unusual)/.test(name)) return 'AUDIT';
  if (name === 'emergencyFigures') return 'STATISTICS';
  if (/emergency/i.test(name)) return 'CRISIS_RESPONSE';
  return /referral/i.test(name) ? 'REFERRAL' : 'CARE';
};

const roots = (['query', 'mutation'] as const).flatMap((kind) => {
  const type = kind === 'query' ? api.getQueryType() : api.getMutationType();
  return Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }));
});
const withText = roots.filter(({ field }) => field.args.some(takesText));

async function asked(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>, text: unknown) {
  const { query, variables } = hostileOperation(kind, field, text);
  const options = { purpose: OWN.test(field.name) ? 'SELF_ACCESS' : purposeOf(field.name) };
  return (OWN.test(field.name) ? own : mighty).ask(query, variables, options);
}

/** Refused in words or answered with nothing; never broken, never of the person. */
function expectHarmless(name: string, { status, data, errors }: HubAnswer): void {
  expect([name, [200, 400].includes(status)]).toEqual([name, true]);
  const codes = errors.map(({ extensions }) => extensions.code);
  expect([name, codes.filter((code) => /^(INTERNAL|SOURCE_|AUDIT_)/.test(code))]).toEqual([name, []]);
  expectNothingInside({ errors });
  expect(JSON.stringify(data)).not.toMatch(new RegExp([pupil.id, pupil.person.name, pupil.person.idNumber].join('|')));
}

test.each([
  ['48: SQL', `x' OR '1'='1' UNION SELECT data FROM documents; DROP TABLE documents; --`],
  ['49: a DOCTYPE', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ['50: an element', '</personNo><personNo>1</personNo><!--'],
  ['52: FHIR search', 'x&_include=*|y,z$everything'],
  ['53: a path to elsewhere', '../../../metadata?x=http://169.254.169.254/latest'],
  ['55: an operator as text', '{"$gt":""}'],
  ['57: what hides and turns', '王\u0000\u202e\u200f\ud800小'],
  ['34: a name of the language', '__proto__'],
  ['54: a formula', '=HYPERLINK("http://x","y")'],
  ['42: a long text', 'x'.repeat(20_000)],
])('case %s in every argument of every root field is a text like any other, or refused', async (_, text) => {
  expect(withText.length).toBeGreaterThan(50);
  for (const { kind, field } of withText) expectHarmless(field.name, await asked(kind, field, text));
});

test.each([[{ $gt: '' }], [{ $ne: null }], [['a']], [{ $where: 'sleep(1000)' }]])(
  'case 55: %j in place of a text is refused, whatever the field',
  async (operator) => {
    for (const { kind, field } of withText) {
      const answer = await asked(kind, field, operator);
      expect([field.name, answer.status, answer.data]).toEqual([field.name, 400, null]);
      expectHarmless(field.name, answer);
    }
  },
);

test.each(departmentsOf(readDeployment()).map(({ slug, code, field }) => [slug, code, field] as const))(
  'cases 48, 50 and 52: a hostile local id goes as a text to the system of %s, finds nobody there and breaks nothing',
  async (slug, department, facet) => {
    const claims = { scope: EVERY_SCOPE, department, azp: `${slug}-system`, purposes: PURPOSES };
    const asking = withToken(stack.gateway, await key.sign(rightClaims(stack.signIn.issuer, claims)));
    // Within what every adapter takes for an id by its length: a longer one would be asked of nobody.
    const localId = `x' OR '1'='1'; DROP VIEW v_g; --</personNo>&_include=*|y,z$`;
    expect(localId.length).toBeLessThan(64);
    const input = { idempotencyKey: slug, name: '王小明', division: '390106', localId, basisReference: 'b-1' };
    const REGISTER = `mutation ($input: RegisterPersonInput!) {
      registerPerson(input: $input) { person { id } userErrors { code } } }`;
    const registered = await asking.ask(REGISTER, { input });
    const { id } = registered.data.registerPerson.person;
    const { data, errors } = await asking.ask(
      `query ($id: ID!) { person(id: $id) { ${facet} { source { status } } } }`,
      { id },
    );
    expect([data.person[facet].source.status, errors]).toEqual(['NOT_KNOWN', []]);
  },
);

test('case 34: a key __proto__ in variables and inputs adds nothing to anybody', async () => {
  const poisoned = JSON.parse(
    '{"__proto__":{"personId":"x","polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  );
  for (const { kind, field } of withText) {
    const { query, variables } = hostileOperation(kind, field, 'x');
    // Beside the variables, and within the innermost of their inputs.
    for (const place of [0, -1]) {
      const merged: unknown = JSON.parse(JSON.stringify(variables));
      const within = objectsIn(merged).at(place);
      for (const key of ['__proto__', 'constructor'])
        Object.defineProperty(within, key, { value: poisoned, enumerable: true });
      const answer = await mighty.ask(query, merged as typeof variables, { purpose: purposeOf(field.name) });
      expect([field.name, answer.status]).toEqual([field.name, 400]);
      expectHarmless(field.name, answer);
    }
  }
});

/** All objects of a JSON value, from the outermost on. */
function objectsIn(json: unknown): readonly object[] {
  const found: object[] = [];
  for (let level = [json]; level.length > 0;) {
    const objects = level.filter((one) => typeof one === 'object' && one !== null);
    found.push(...objects.filter((one) => !Array.isArray(one)));
    level = objects.flatMap((one) => Object.values(one));
  }
  return found;
}

test('case 65: after all of it the log verifies, and everybody who may see the person sees what was there before', async () => {
  expect(before.data.person.id).toBe(pupil.id);
  expect(await seen()).toEqual(before);
  const { exitCode, stdout } = await verifyAudit(stack);
  expect([exitCode, stdout.includes('BAD')]).toEqual([0, false]);
});
