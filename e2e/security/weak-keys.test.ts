import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runToEnd } from '../harness/run-to-end.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const same = randomBytes(32).toString('hex');
const ENVIRONMENT = {
  HEALTH_URL: 'http://127.0.0.1:9/fhir',
  HEALTH_TOKEN: same,
  ASSERTION_KEY: same,
  GRANT_KEY: same,
  GRANT_SECRET: same,
  ASSERTION_SECRET: same,
  PERSON_ID_PEPPER: same,
  HUB_CLIENT_SECRET: same,
  STORE_URL: 'sqlite:/nowhere/hub.db',
};

const PROGRAMS: readonly (readonly [name: string, program: readonly string[], repeated: RegExp])[] = [
  ['a subgraph', ['subgraphs/health/main.ts'], /HEALTH_TOKEN: has the value[^]*GRANT_KEY: has the value/],
  ['the desk', ['subgraphs/referral/desk/main.ts', '--department', 'health', '--once'], /HEALTH_TOKEN: has the value/],
  ['npm run link', ['subgraphs/person/link/main.ts', '--department', 'health'], /HEALTH_TOKEN: has the value/],
  ['npm run keys', ['gateway/keys/main.ts', 'derive', 'health'], /ASSERTION_SECRET: has the value of GRANT_SECRET/],
];

test.each(PROGRAMS)(
  'case 75: in production %s refuses one value for two secrets',
  async (_, [main = '', ...options], repeated) => {
    const { exitCode, stdout, stderr } = await runToEnd([inProject(main), ...options], {
      ...ENVIRONMENT,
      NODE_ENV: 'production',
    });
    expect([exitCode === 0, stdout]).toEqual([false, '']);
    expect(stderr).toMatch(repeated);
    expect(stderr).not.toContain(same);
  },
);

test.each(PROGRAMS)('%s refuses a NODE_ENV that there is not, by one line', async (_, [main = '', ...options]) => {
  const { exitCode, stderr } = await runToEnd([inProject(main), ...options], {
    ...ENVIRONMENT,
    NODE_ENV: 'Production',
  });
  expect([exitCode === 0, stderr.match(/NODE_ENV: must be one of/g)?.length]).toEqual([false, 1]);
});
