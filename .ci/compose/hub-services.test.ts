import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readSettings, type SettingsTable } from '../../adapters/shared/settings.ts';
import { startProblems } from '../../adapters/shared/start-problems.ts';
import { newDeployment } from '../../gateway/keys/new-deployment.ts';
import { spreadDeployment } from '../../schema/deployment/spread-deployment.ts';
import { composeFile, type ComposeService, OPERATORS, SAMPLES, textOf } from './compose-file.ts';
import { settingsByProgram } from './service-settings.ts';
import {
  departments,
  deployment,
  file,
  gateways,
  givenSecrets,
  hubServices,
  named,
  otherServices,
  own,
  programOf,
  services,
} from './services.ts';

describe('the hub’s services', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-compose-'));
  const made = newDeployment(folder);
  for (const name of givenSecrets) writeFileSync(join(folder, name), `of-the-department-${name.length}-Zq7Lw3`);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are two gateways and every subgraph of the deployment, each by its program', () => {
    expect(Object.fromEntries(hubServices.map(([name, service]) => [name, programOf(service)]))).toEqual({
      ...Object.fromEntries(gateways.map((name) => [name, 'gateway/main.ts'])),
      ...Object.fromEntries(deployment.map(({ name }) => [name, `subgraphs/${name}/main.ts`])),
    });
    const npmStart = (JSON.parse(textOf('package.json')) as { scripts: { start: string } }).scripts.start;
    for (const name of gateways) expect(named(name).command?.join(' ')).toBe(npmStart);
    for (const [, service] of [...hubServices, ['samples', named('samples')] as const])
      expect(existsSync(new URL(`../../${programOf(service)}`, import.meta.url))).toBe(true);
  });

  test('are told what their programs read, all of what these require, and nothing else', async () => {
    const tables = await settingsByProgram();
    const city = composeFile({ ...SAMPLES, ...OPERATORS, XINQIAO_MODE: 'production' });
    for (const name of hubServices.map(([one]) => one)) {
      const service = city.services[name];
      if (service === undefined) throw new Error(name);
      const table = tables.get(programOf(service)) ?? {};
      const { NODE_ENV, NODE_EXTRA_CA_CERTS, ...environment } = service.environment;
      expect([NODE_ENV, NODE_EXTRA_CA_CERTS]).toEqual(['production', '/run/secrets/tls-authority.pem']);
      const unknown = Object.keys(environment).filter((variable) => !isSetting(variable, table));
      expect([name, unknown]).toEqual([name, []]);
      expect([name, problemsOf(table, { NODE_ENV: 'production', ...inFolder(environment) })]).toEqual([name, []]);
    }
  });

  function problemsOf(table: SettingsTable, environment: Record<string, string>): readonly string[] {
    return startProblems([{ table, ...readSettings(table, environment) }], environment);
  }
  const isSetting = (variable: string, table: SettingsTable) =>
    variable in table || table[variable.replace(/_FILE$/, '')]?.secret !== undefined;
  /** Where the containers see the secrets and configurations, the test has them elsewhere. */
  const inFolder = (environment: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value
          .replace('/run/secrets', folder)
          .replace(
            '/hub/config/working-days.json',
            new URL('../../adapters/calendar/working-days.json', import.meta.url).pathname,
          ),
      ]),
    );

  test('are given the secrets that they are told of, and no others', () => {
    for (const [name, { environment, secrets }] of hubServices) {
      const told = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
      expect([name, told.toSorted()]).toEqual([name, secrets.toSorted()]);
    }
    for (const name of departments)
      expect(named(name).secrets.filter((secret) => !givenSecrets.includes(secret))).toEqual([
        `assertion-key.${name}`,
        `grant-key.${name}`,
        'tls-authority.pem',
      ]);
  });

  test('every secret is of a file that somebody makes, and is used', () => {
    expect(Object.keys(file.secrets).toSorted()).toEqual(
      [...made, ...givenSecrets, 'tls-certificate.pem', 'tls-authority.pem'].toSorted(),
    );
    const used = new Set(services.flatMap(([, { secrets }]) => secrets));
    expect([...used].toSorted()).toEqual(Object.keys(file.secrets).toSorted());
    for (const [name, { file: path }] of Object.entries(file.secrets))
      expect(path).toBe(givenSecrets.includes(name) ? `./ops/samples/secrets/${name}` : `./secrets/${name}`);
    // What nobody of the hub reads by a variable stands in a command or a file of its service.
    for (const [name, service] of otherServices)
      for (const secret of service.secrets)
        expect([name, wordsOf(service)]).toEqual([name, expect.stringContaining(`/run/secrets/${secret}`)]);
  });

  const wordsOf = ({ environment, command = [], entrypoint = [], configs }: ComposeService) =>
    [
      ...Object.values(environment),
      ...command,
      ...entrypoint,
      ...configs.map(({ source }) =>
        textOf(file.configs[source]?.file ?? '').replace(/secret\('(.+?)'\)/g, '/run/secrets/$1'),
      ),
    ].join('\n');

  test('listen where health checks, gateways and load balancer ask', () => {
    for (const [name, { environment, healthcheck }] of hubServices) {
      expect([name, environment['PORT'], environment['HOST']]).toEqual([name, '4000', '0.0.0.0']);
      expect([name, healthcheck.test?.at(-1)]).toEqual([
        name,
        expect.stringContaining(`http://127.0.0.1:4000/${departments.includes(name) ? 'livez' : 'readyz'}`),
      ]);
    }
    const spread = spreadDeployment(deployment, { url: 'http://{name}:4000/graphql', from: new URL(import.meta.url) });
    expect(textOf('Dockerfile')).toContain(
      'schema/deployment/main.ts --url http://{name}:4000/graphql > schema/deployment.spread.json',
    );
    expect(spread.map(({ url }) => new URL(url ?? '').hostname).toSorted()).toEqual(
      [...own, ...departments].toSorted(),
    );
    expect(textOf('ops/haproxy.cfg').match(/server (\S+) \1:4000$/gm)).toHaveLength(gateways.length);
    for (const name of gateways)
      expect(named(name).environment['DEPLOYMENT_FILE']).toBe('/hub/schema/deployment.spread.json');
  });

  test('have one writer of audit records each, and a place of its own for its checkpoints wherever these go', () => {
    expect(gateways.map((name) => named(name).environment['AUDIT_WRITER'])).toEqual(gateways);
    for (const place of ['file:/checkpoints', 'folder:/checkpoints/2', 'https://worm.city.example/care'])
      for (const name of gateways) {
        const { services: of } = composeFile({ ...SAMPLES, ...OPERATORS, AUDIT_CHECKPOINTS: place });
        expect(of[name]?.environment['AUDIT_CHECKPOINTS']).toBe(`${place}/${name}`);
      }
    for (const name of gateways) {
      expect(named(name).environment['AUDIT_CHECKPOINTS']).toBe(`file:/checkpoints/${name}`);
      expect(named(name).volumes).toContain('checkpoints:/checkpoints');
    }
    const mounted = composeFile({ ...SAMPLES, ...OPERATORS, AUDIT_CHECKPOINTS_FOLDER: '/mnt/worm' }).services;
    for (const name of gateways) expect(mounted[name]?.volumes).toContain('/mnt/worm:/checkpoints');
    expect(textOf('Dockerfile')).toMatch(/install -d -o 10001 -g 10001 .*\/checkpoints\b/);
  });
});
