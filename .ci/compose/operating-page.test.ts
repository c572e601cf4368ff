/** The commands over docker-compose.yml in docs/operating.md name what is there. No Docker runs them here. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { alertRules } from '../alert-rules.ts';
import { composeFile, OPERATORS, rawComposeFile, SAMPLES, textOf } from './compose-file.ts';
import { variablesIn } from './interpolated.ts';
import { hubServices, members, named, services } from './services.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url);
const page = textOf('docs/operating.md');

/** Options of Compose that have a value behind them, as far as the page uses them. */
const WITH_VALUE = new Set(['--entrypoint', '-v', '-e']);
const ALL_SERVICES = new Set(['up', 'stop', 'restart', 'rm']);

/** What stands for `docker compose run … "$@"` in the page's shells. */
const [, shorthand = ''] = /^hub\(\) \{ (docker compose .*) "\$@"; \}$/m.exec(page) ?? [];

/** Shell words; what is quoted is one, and what a quoted command of `sh -c` says is read as well. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)]
    .map(([, single, double, bare]) => single ?? double ?? bare ?? '')
    .flatMap((word) => (word.startsWith('node ') ? wordsOf(word) : [word]));

interface Command {
  readonly line: string;
  readonly kind: string;
  readonly options: readonly string[];
  readonly services: readonly string[];
  /** What runs in the container, and its arguments. */
  readonly program: readonly string[];
}

function commandOf(line: string): Command {
  const [, , ...words] = wordsOf(line.split(/ [<>] /)[0] ?? '');
  const options: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const inContainer = rest.length >= 2 && !ALL_SERVICES.has(rest[0] ?? '');
    if (inContainer || !word.startsWith('-')) rest.push(word);
    else options.push(WITH_VALUE.has(word) ? `${word} ${words[(i += 1)]}` : word);
  }
  const [kind = '', ...others] = rest;
  if (ALL_SERVICES.has(kind)) return { line, kind, options, services: others, program: [] };
  return { line, kind, options, services: others.slice(0, 1), program: others.slice(1) };
}

const lines = [
  ...page.matchAll(/^ *(docker compose .*)$/gm),
  ...page.matchAll(/`(docker compose [^`]*)`/g),
  ...[...page.matchAll(/^hub (.*)$/gm)].map(([, rest = '']) => ['', `${shorthand} ${rest}`] as const),
].map(([, line = '']) => line);
const commands = lines.map(commandOf);
const inContainers = commands.filter(({ program }) => program.length > 0);

const command = (text: string): Command => {
  const found = commands.find(({ line }) => line.includes(text));
  if (found === undefined) throw new Error(`no command on the page has ${text}`);
  return found;
};

test('all commands were found, and the services that they name are there', () => {
  expect(commands.length).toBeGreaterThan(20);
  expect(inContainers.length).toBeGreaterThan(10);
  const known = new Set(services.map(([name]) => name));
  const unknown = commands.flatMap(({ line, services: all }) =>
    all.filter((name) => name !== '…' && !known.has(name)).map((name) => [name, line]),
  );
  expect(unknown).toEqual([]);
  expect([...new Set(commands.map(({ kind }) => kind))].toSorted()).toEqual(
    ['build', 'exec', 'ps', 'restart', 'rm', 'run', 'stop', 'up'].toSorted(),
  );
});

describe('the programs of the hub in them', () => {
  const copied = [...textOf('Dockerfile').matchAll(/^COPY (\w+) \1$/gm)].map(([, folder = '']) => `${folder}/`);
  const hubs = inContainers.flatMap(({ program, services: [service = ''] }) => {
    const at = program.findIndex((word) => word.endsWith('.ts'));
    return at === -1 ? [] : [{ service, file: program[at] ?? '', arguments: program.slice(at + 1) }];
  });

  test('are in the image, and run where it is', () => {
    expect(new Set(hubs.map(({ file }) => file)).size).toBeGreaterThanOrEqual(5);
    for (const { service, file } of hubs) {
      expect([service, named(service).image]).toEqual([service, expect.stringMatching(/^xinqiao\/hub:/)]);
      expect([file, existsSync(new URL(file, root)), copied.some((folder) => file.startsWith(folder))]).toEqual([
        file,
        true,
        true,
      ]);
    }
  });

  test.each([...new Set(hubs.map(({ file }) => file))])('%s knows what it is told', async (file) => {
    const { stdout } = await run(process.execPath, [new URL(file, root).pathname, '--help'], { env: {} });
    const told = hubs.filter((one) => one.file === file).flatMap((one) => one.arguments);
    for (const word of told.filter((one) => /^(--|[a-z]+$)/.test(one))) expect(stdout).toContain(word);
  });
});

test('what is named in a container is there: a folder that is mounted, or a configuration of its service', () => {
  const paths = inContainers.flatMap(({ line, options, program, services: [service = ''] }) => {
    const { volumes, configs } = named(service);
    const mounted = [...volumes, ...options.flatMap((option) => /^-v (.*)/.exec(option)?.[1] ?? [])];
    const there = [...mounted.map((mount) => mount.split(':')[1] ?? ''), ...configs.map(({ target }) => target)];
    const asked = program.flatMap((word) => /^(?:\w+=)?(?:file:|sqlite:)?(\/(?!\/).*)$/.exec(word)?.[1] ?? []);
    return asked.map((path) => [line, path, there.some((one) => path === one || path.startsWith(`${one}/`))]);
  });
  expect(paths.length).toBeGreaterThan(8);
  expect(paths.filter(([, , isThere]) => isThere !== true)).toEqual([]);
});

test('with the samples every later command has their variables too', () => {
  const [, set = ''] = /^export COMPOSE_ENV_FILES=(.*)$/m.exec(page) ?? [];
  expect(set.split(',')).toEqual(['.env', 'ops/samples/samples.env']);
  expect(page).not.toContain('--env-file');
  expect(() => composeFile(OPERATORS)).toThrow('EDUCATION_URL');
});

test('MongoDB’s shell asks all members, as an operator', () => {
  const { program, options } = command('--entrypoint mongosh');
  const asHub = new URL((named('gateway-1').environment['STORE_URL'] ?? '').replaceAll(/,[^/]*/g, ''));
  const asRoot = new URL((program[0] ?? '').replaceAll(/,[^/]*/g, ''));
  expect([asRoot.host, asRoot.username, asRoot.searchParams.get('authSource')]).toEqual([asHub.host, 'root', 'admin']);
  for (const member of members) expect(program[0]).toContain(`${member}:27017`);
  // Also while a member is lost, for which Compose would wait.
  expect(options).toContain('--no-deps');
});

test('a member that is lost gets the volumes that are its own', () => {
  const [, lost = '', volumes = ''] =
    /^docker compose rm --stop --force (\S+)\ndocker volume rm (.*)$/m.exec(page) ?? [];
  const own = named(lost).volumes.map((volume) => `xinqiao_${volume.split(':')[0]}`);
  expect(volumes.split(' ')).toEqual(own);
  expect(textOf('docker-compose.yml')).toContain('\nname: xinqiao\n');
});

test('Prometheus is shown every process of the hub, under the name that HubDown asks for', () => {
  const [, block = ''] = /^```yaml\n(scrape_configs:\n.*?)^```$/ms.exec(page) ?? [];
  const { scrape_configs: jobs } = parse(block) as { scrape_configs: unknown };
  const targets = hubServices.map(([name, { environment }]) => `${name}:${environment['METRICS_PORT']}`);
  expect(jobs).toEqual([{ job_name: 'xinqiao', static_configs: [{ targets }] }]);
  const hubDown = alertRules().find(({ alert }) => alert === 'HubDown')?.expr ?? '';
  // Without such a job the first half asks for nothing, and would be silent.
  expect(hubDown).toBe('up{job="xinqiao"} == 0 or absent(up{job="xinqiao"})');
});

test('an upgrade builds images of a number of its own: those that ran are there for the way back', () => {
  const section = page.slice(page.indexOf('\n## 升级顺序'), page.indexOf('\n## 关联登记册'));
  const [before = '', after = ''] = section.split('`docker compose build`');
  expect([before, after]).toEqual([expect.stringContaining('`HUB_VERSION=`'), expect.stringContaining('Back: ')]);
  const { services: grown } = composeFile({ ...SAMPLES, ...OPERATORS, HUB_VERSION: '9.8.7' });
  const images = new Set(hubServices.map(([name]) => grown[name]?.image));
  expect([...images]).toEqual(['xinqiao/hub:9.8.7']);
});

describe('backup and restore of the whole', () => {
  test('are of a container that has the store, and puts its temporary copies where there is room', () => {
    const { options, services: names } = commandOf(shorthand);
    expect(options).toEqual(expect.arrayContaining(['--rm', '--no-deps', '-v /backup:/backup', '-e TMPDIR=/backup']));
    const { networks, environment, secrets } = named(names[0] ?? '');
    expect(networks).toContain('store');
    expect([environment['STORE_URL'], secrets]).toEqual([
      expect.stringMatching(/^mongodb:/),
      expect.arrayContaining(['mongodb-hub-password', 'audit-signing-key.json']),
    ]);
  });

  test('a restore stops everything that has the store, and asks the old one as it is reached', () => {
    const withStore = hubServices.filter(([, { environment }]) => 'STORE_URL' in environment).map(([name]) => name);
    const stops = commands.filter(({ line }) => line.includes('stop gateway-1'));
    expect(stops.map(({ services: names }) => names.toSorted())).toEqual([withStore.toSorted(), withStore.toSorted()]);
    const { program } = command('restore/main.ts');
    expect(program[program.indexOf('--to') + 1]).toBe('$STORE_URL');
    expect(program[program.indexOf('--erased-in') + 1]).toBe(named('gateway-1').environment['STORE_URL']);
  });

  test('what goes into .env on the way is a variable of the file', () => {
    const section = page.slice(page.indexOf('\n### 整套的备份与恢复'), page.indexOf('\n## Kubernetes'));
    const variables = [...section.matchAll(/`([A-Z_]+)=[^`]*`/g)].map(([, name = '']) => name);
    expect(variables).toEqual(['STORE_DATABASE', 'AUDIT_CHECKPOINTS']);
    expect(variablesIn(rawComposeFile())).toEqual(expect.arrayContaining([...variables, 'AUDIT_CHECKPOINTS_FOLDER']));
    expect(page).toContain('`AUDIT_CHECKPOINTS_FOLDER`');
  });

  test('Keycloak’s database is asked by its own account and name', () => {
    const { POSTGRES_USER, POSTGRES_DB = '' } = named('keycloak-database').environment;
    for (const name of ['pg_dump', 'pg_restore']) {
      const { program, services: names } = command(name);
      expect(names).toEqual(['keycloak-database']);
      expect(program).toContain(`--username=${POSTGRES_USER}`);
      expect(program.at(name === 'pg_dump' ? -1 : 2)).toMatch(new RegExp(`(^|=)${POSTGRES_DB}$`));
    }
  });
});
