import { describe, expect, test } from '@jest/globals';
import { LOGOUT_PATH } from '../../gateway/authentication/logout/logout-page.ts';
import { READER, READER_PASSWORD } from '../../e2e/systems/justice/tables.ts';
import { SAMPLE_DEPARTMENTS } from '../../e2e/systems/shared/sample-departments.ts';
import { startDepartments } from '../../e2e/systems/shared/start-departments.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import { composeFile, OPERATORS, rawComposeFile, SAMPLES, textOf } from './compose-file.ts';
import { departments, file, gateways, linkServices, members, named, otherServices, own, services } from './services.ts';

describe('the others', () => {
  /** What the makers of the images document of their variables, as far as it is used here. */
  const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
    mongo: ['MONGO_INITDB_ROOT_USERNAME', 'MONGO_INITDB_ROOT_PASSWORD_FILE', 'HOME'],
    postgres: ['POSTGRES_DB', 'POSTGRES_USER', 'POSTGRES_PASSWORD_FILE'],
    keycloak: [
      'KC_DB_URL',
      'KC_DB_USERNAME',
      'KC_BOOTSTRAP_ADMIN_USERNAME',
      'KC_HOSTNAME',
      'KC_HOSTNAME_ADMIN',
      'KC_HTTP_ENABLED',
      'KC_CACHE',
      'KC_PROXY_HEADERS',
    ],
    haproxy: ['HUB_HOST', 'SSO_HOST'],
    samples: [],
  };

  test('are told only what their images know', () => {
    for (const [name, { image, environment, configs }] of otherServices) {
      const scripts = configs.map(({ source }) => textOf(file.configs[source]?.file ?? ''));
      const read = scripts.flatMap((script) => script.match(/(?<=process\.env\.)\w+/g) ?? []);
      const known = new Set([...(DOCUMENTED[/\/(\w+)[:@]/.exec(image)?.[1] ?? ''] ?? []), ...read]);
      expect([name, Object.keys(environment).filter((variable) => !known.has(variable))]).toEqual([name, []]);
    }
    for (const variable of DOCUMENTED['haproxy'] ?? [])
      expect(textOf('ops/haproxy.cfg')).toContain(`"\${${variable}}"`);
  });

  test('the replica set is of the members that the hub’s address names', () => {
    const hosts = members.map((name) => `${name}:27017`);
    for (const name of [...gateways, ...own])
      expect(named(name).environment['STORE_URL']).toBe(
        `mongodb://hub@${hosts.join(',')}/xinqiao?replicaSet=xinqiao&authSource=xinqiao`,
      );
    const script = textOf('ops/mongodb-init.js');
    expect(script).toContain(`const members = [${hosts.map((host) => `'${host}'`).join(', ')}];`);
    expect(script).toContain("const replicaSet = 'xinqiao';");
    for (const name of members) expect(named(name).command?.join(' ')).toContain('--replSet xinqiao');
  });

  test('after a restore the hub is in another database, of which its account, still that of the first, is told', () => {
    const restored = composeFile({ ...SAMPLES, ...OPERATORS, STORE_DATABASE: 'xinqiao_restored' }).services;
    for (const name of [...gateways, ...own])
      expect(restored[name]?.environment['STORE_URL']).toMatch(/\/xinqiao_restored\?.*&authSource=xinqiao$/);
    expect(restored['mongodb-init']?.environment['STORE_DATABASE']).toBe('xinqiao_restored');
    expect(textOf('ops/mongodb-init.js')).toContain('}/xinqiao?authSource=admin');
  });

  test('Keycloak is the realm’s that the gateways trust, by the name that its tokens bear', () => {
    const { SSO_HOST = '' } = OPERATORS;
    const imported = named('keycloak').configs.find(({ target }) => target.startsWith('/opt/keycloak/data/import/'));
    expect(named('keycloak').entrypoint?.join(' ')).toContain('--import-realm');
    const { realm } = JSON.parse(textOf(file.configs[imported?.source ?? '']?.file ?? '')) as { realm: string };
    for (const name of gateways)
      expect(named(name).environment['OIDC_ISSUER']).toBe(`https://${SSO_HOST}/realms/${realm}`);
    expect(named('keycloak').environment['KC_HOSTNAME']).toBe(`https://${SSO_HOST}`);
    expect(JSON.stringify(rawComposeFile())).toContain('"front":{"aliases":["${SSO_HOST}"]}');
    expect(textOf('ops/haproxy.cfg')).toContain(`path_beg /realms/${realm}/`);
  });

  test('a city’s own clients are those of the gateways and those of Keycloak', () => {
    const { configs } = composeFile({ ...SAMPLES, ...OPERATORS, CLIENTS_FILE: './c.json', REALM_FILE: './r.json' });
    expect([configs['clients']?.file, configs['realm']?.file]).toEqual(['./c.json', './r.json']);
  });

  test('Keycloak tells the load balancer of sessions that end, on a port that the city does not reach', () => {
    const [, port = ''] = /^frontend sign-outs\n {2}bind :(\d+)$/m.exec(textOf('ops/haproxy.cfg')) ?? [];
    const url = `http://load-balancer:${port}/backchannel-logout`;
    expect(textOf('docs/operating.md').split(url)).toHaveLength(2);
    expect(LOGOUT_PATH).toBe(new URL(url).pathname);
    expect(services.flatMap(([, { ports }]) => ports.filter((one) => one.includes(port)))).toEqual([]);
    const shared = named('keycloak').networks.filter((network) => named('load-balancer').networks.includes(network));
    expect(shared).toEqual(['front']);
  });

  test('the health check of each asks what it has', () => {
    const asked = (name: string) => named(name).healthcheck.test?.join(' ') ?? '';
    const haproxy = textOf('ops/haproxy.cfg');
    const [, own = '', alive = ''] = /bind (127\.0\.0\.1:\d+)\n {2}monitor-uri (\S+)$/m.exec(haproxy) ?? [];
    expect(asked('load-balancer')).toContain(httpAsked(own, alive));
    const [, ready = '', port = ''] =
      /^backend keycloak\n {2}option httpchk GET (\S+)\n.*\n.* port (\d+)$/m.exec(haproxy) ?? [];
    expect(asked('keycloak')).toContain(httpAsked(`127.0.0.1:${port}`, ready));
    // Where it serves its health unless it is told otherwise, and only if it is built so.
    expect([ready, port]).toEqual(['/health/ready', '9000']);
    expect(textOf('ops/keycloak.Dockerfile')).toMatch(/^ENV .*\bKC_HEALTH_ENABLED=true\b.*\nRUN .*kc\.sh build$/m);
    const { POSTGRES_USER, POSTGRES_DB } = named('keycloak-database').environment;
    expect(asked('keycloak-database')).toBe(
      `CMD bash -c pg_isready --quiet --host="$HOSTNAME" --username=${POSTGRES_USER} --dbname=${POSTGRES_DB}`,
    );
    for (const name of members)
      expect(asked(name)).toMatch(/^CMD bash -c mongosh --quiet --host "\$HOSTNAME" --eval "quit\(db\.hello\(\)/);
    const { command = [] } = named('samples');
    const [host, base] = ['--host', '--port-base'].map((option) => command[command.indexOf(option) + 1]);
    expect(asked('samples')).toContain(`.connect(${base}, '${host}')`);
  });
  /** As bash asks it. */
  const httpAsked = (address: string, path: string) =>
    `/dev/tcp/${address.replace(':', '/')} && printf "GET ${path} HTTP/1.0\\r\\n\\r\\n" `;

  // An image's first server on an empty volume listens on loopback or a socket alone, and ends when the accounts are made.
  test('a database is well when others reach it, not while its image prepares it', () => {
    const databases = services.filter(([, { volumes }]) => volumes.some((one) => /:\/(data\/db|var\/lib)\b/.test(one)));
    expect(databases.map(([name]) => name)).toEqual([...members, 'keycloak-database']);
    for (const [name, { healthcheck }] of databases)
      expect([name, healthcheck.test?.at(-1)]).toEqual([name, expect.stringMatching(/ --host[ =]"\$HOSTNAME" /)]);
  });

  test('the samples are only there when they are asked for, and are what the departments’ services then ask', async () => {
    expect(services.filter(([, { profiles }]) => profiles.includes('samples')).map(([name]) => name)).toEqual([
      'samples',
    ]);
    const [host, base] = ['--host', '--port-base'].map((option) => {
      const { command = [] } = named('samples');
      return command[command.indexOf(option) + 1] ?? '';
    });
    const only = SAMPLE_DEPARTMENTS.filter((slug) => !['justice', 'womens-federation'].includes(slug));
    const systems = await startDepartments({ world: createWorld({ people: 20 }), only, portBase: 0 });
    for (const { slug, settings, close } of systems) {
      const port = Number(base) + SAMPLE_DEPARTMENTS.indexOf(slug);
      const there = Object.entries(settings).map(([name, value]) => [
        name,
        value.replace(/127\.0\.0\.1:\d+/, `${host}:${port}`),
      ]);
      expect(Object.fromEntries(there.map(([name = '']) => [name, told(slug, name)]))).toEqual(
        Object.fromEntries(there),
      );
      await close();
    }
    const port = Number(base) + SAMPLE_DEPARTMENTS.indexOf('justice');
    expect(told('justice', 'JUSTICE_URL')).toBe(`postgresql://${READER}@${host}:${port}/postgres?sslmode=disable`);
    expect(told('justice', 'JUSTICE_PASSWORD')).toBe(READER_PASSWORD);
    expect(named('samples').command).toContain(told('womens-federation', 'WOMENS_FEDERATION_DROP_FOLDER'));
  });

  /** What a service is told of a setting, if need be by a file. */
  function told(service: string, setting: string): string | undefined {
    const { environment } = named(service);
    const secret = /^\/run\/secrets\/(.+)$/.exec(environment[`${setting}_FILE`] ?? '')?.[1];
    return secret === undefined ? environment[setting] : textOf(file.secrets[secret]?.file ?? '').trim();
  }
});

describe('the networks', () => {
  const links = linkServices.map(([name]) => name);
  const on = (network: string) =>
    services.filter(([, { networks }]) => networks.includes(network)).map(([name]) => name);

  test.each([
    ['front', ['load-balancer', ...gateways, 'keycloak']],
    ['hub', [...gateways, ...own, ...departments]],
    ['store', [...gateways, ...own, ...links, ...members, 'mongodb-init']],
    ['identity', ['keycloak', 'keycloak-database']],
    ['departments', [...departments, ...links, 'samples']],
    ['receivers', ['referral']],
    ['monitoring', [...gateways, ...own, ...departments]],
  ])('on %s are those who must be, and nobody else', (network, expected) => {
    expect(on(network).toSorted()).toEqual(expected.toSorted());
  });

  test('those of the hub and of databases lead nowhere else', () => {
    const internal = Object.entries(file.networks).filter(([, network]) => network.internal);
    expect(internal.map(([name]) => name).toSorted()).toEqual(['hub', 'identity', 'monitoring', 'store']);
  });

  test('from outside there is a way to the load balancer alone; from this machine to Keycloak’s console as well', () => {
    const ports = services.flatMap(([name, service]) => service.ports.map((port) => [name, port]));
    expect(ports).toEqual([
      ['load-balancer', '443:443'],
      ['load-balancer', '80:80'],
      ['keycloak', '127.0.0.1:8081:8080'],
    ]);
  });
});
