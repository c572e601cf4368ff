/** `npm run link` of each department, a service of docker-compose.yml that is started by hand. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readSettings } from '../../adapters/shared/settings.ts';
import { startProblems } from '../../adapters/shared/start-problems.ts';
import { storeSettings } from '../../adapters/store/settings.ts';
import { newDeployment } from '../../gateway/keys/new-deployment.ts';
import { personSettings } from '../../subgraphs/person/settings.ts';
import { composeFile, OPERATORS, SAMPLES } from './compose-file.ts';
import { settingsByProgram } from './service-settings.ts';
import { departments, givenSecrets, linkServices, named, programOf, secretsIn, toldOf } from './services.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-link-'));
newDeployment(folder);
for (const name of givenSecrets) writeFileSync(join(folder, name), `of-the-department-${name.length}-Zq7Lw3`);
afterAll(() => rmSync(folder, { recursive: true }));
const linkSettings = { ...storeSettings, PERSON_ID_PEPPER: personSettings.PERSON_ID_PEPPER };

test('there is one for each department, by hand only', () => {
  expect(linkServices.map(([name]) => name)).toEqual(departments.map((slug) => `link-${slug}`));
  for (const slug of departments) {
    const link = named(`link-${slug}`);
    expect(existsSync(new URL(`../../${programOf(link)}`, import.meta.url))).toBe(true);
    expect(link.command).toEqual(['node', 'subgraphs/person/link/main.ts', '--department', slug]);
    expect([link.profiles, link.restart]).toEqual([['link'], 'no']);
  }
});

test.each(departments)('that of %s has the store and what its own subgraph is told, and starts', async (slug) => {
  const { services } = composeFile({ ...SAMPLES, ...OPERATORS, XINQIAO_MODE: 'production' });
  const { environment, secrets, volumes, networks } = services[`link-${slug}`] ?? named(slug);
  const { NODE_ENV, NODE_EXTRA_CA_CERTS, STORE_URL, STORE_PASSWORD_FILE, PERSON_ID_PEPPER_FILE, ...own } = environment;
  expect(own).toEqual(toldOf(slug, named(slug)));
  expect(STORE_URL).toBe(named('person').environment['STORE_URL']);
  expect(secrets.toSorted()).toEqual(secretsIn(environment).toSorted());
  expect([networks, volumes]).toEqual([['store', 'departments'], named(slug).volumes]);

  const theirs = (await settingsByProgram()).get(`subgraphs/${slug}/main.ts`) ?? {};
  const table = { ...linkSettings, ...Object.fromEntries(Object.entries(theirs).filter(([name]) => isOwn(name, own))) };
  const told = { NODE_ENV, STORE_URL, STORE_PASSWORD_FILE, PERSON_ID_PEPPER_FILE, ...own };
  const here = Object.entries(told).map(([name, value]) => [name, value.replace('/run/secrets', folder)]);
  const inFolder = Object.fromEntries(here) as Record<string, string>;
  expect(startProblems([{ table, ...readSettings(table, inFolder) }], inFolder)).toEqual([]);
  expect(NODE_EXTRA_CA_CERTS).toBe('/run/secrets/tls-authority.pem');
});

/** Whether a setting is one of these variables, perhaps by a file. */
const isOwn = (name: string, own: Readonly<Record<string, string>>) => name in own || `${name}_FILE` in own;
