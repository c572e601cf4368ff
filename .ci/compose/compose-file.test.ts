import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { composeFile, OPERATORS, rawComposeFile, SAMPLES, textOf } from './compose-file.ts';
import { interpolated, variablesIn } from './interpolated.ts';
import { file, linkServices, services } from './services.ts';

describe('the form', () => {
  const { $schema: _, ...specification } = JSON.parse(textOf('.ci/compose/compose-spec.json')) as Record<
    string,
    unknown
  >;
  // The formats are of the specification's own: durations, ports. Compose reads them; here their types are looked at.
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(specification);

  test('is that of the Compose Specification, with the variables and without', () => {
    for (const content of [rawComposeFile(), interpolated(rawComposeFile(), { ...SAMPLES, ...OPERATORS })]) {
      validate(content);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test('a misspelt word would be seen', () => {
    const { services: all, ...rest } = rawComposeFile() as { services: Record<string, object> };
    expect(validate({ ...rest, services: { ...all, person: { ...all['person'], comand: ['node'] } } })).toBe(false);
  });

  test('what an operator must say is asked for by name; nothing else is without a default', () => {
    const must = variablesIn(rawComposeFile()).filter((name) => {
      const { [name]: _left, ...others } = { ...SAMPLES, ...OPERATORS };
      try {
        composeFile(others);
        return false;
      } catch {
        return true;
      }
    });
    const said = Object.keys({ ...SAMPLES, ...OPERATORS });
    const notAsked = new Set(['COMPOSE_PROFILES', 'XINQIAO_MODE', 'DEPARTMENT_SECRETS_FOLDER']);
    expect(must.toSorted()).toEqual(said.filter((name) => !notAsked.has(name)).toSorted());
  });
});

describe('every service', () => {
  const ending = new Set(['mongodb-init', ...linkServices.map(([name]) => name)]);
  test('has no more rights than it needs, and limits', () => {
    for (const [name, service] of services)
      expect([name, service]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
          tmpfs: expect.arrayContaining(['/tmp']),
          logging: {
            options: expect.objectContaining({ 'max-size': expect.any(String), 'max-file': expect.any(String) }),
          },
          restart: ending.has(name) ? 'no' : 'unless-stopped',
        }),
      ]);
    const words = JSON.stringify(rawComposeFile());
    expect(words).not.toMatch(/"(privileged|cap_add|network_mode|pid|ipc|userns_mode|devices)":|docker\.sock/);
  });

  test('runs as somebody who is not root', () => {
    const asRoot = services.filter(([, { user, image }]) => user === undefined && !builtAsNobody(image));
    expect(asRoot.map(([name]) => name)).toEqual([]);
    expect(services.filter(([, { user = '' }]) => /^(0|root)\b/.test(user))).toEqual([]);
  });

  const builtAsNobody = (image: string) => /^xinqiao\/(hub|samples):/.test(image);
  test('whose image is made here does so as well: the Dockerfile ends as another account', () => {
    const stages = textOf('Dockerfile')
      .split(/^FROM /m)
      .slice(1);
    const runs = stages.filter((stage) => / AS (hub|samples)\n/.test(stage));
    expect(runs.map((stage) => /^USER (\S+)$/m.exec(stage)?.[1])).toEqual(['10001:10001', '10001:10001']);
  });

  test('is of an image whose content is pinned, here or where it is built', () => {
    const raw = rawComposeFile() as { services: Record<string, { image: string; build?: { args: object } }> };
    for (const [name, { image, build }] of Object.entries(raw.services))
      if (build === undefined)
        expect([name, image]).toEqual([name, expect.stringMatching(/:[\w.-]+@\$\{[A-Z]+_DIGEST:\?/)]);
      else expect([name, JSON.stringify(build.args)]).toEqual([name, expect.stringMatching(/\$\{[A-Z]+_DIGEST/)]);
    const bases = ['Dockerfile', 'ops/keycloak.Dockerfile'].flatMap(
      (dockerfile) => textOf(dockerfile).match(/^FROM .*$/gm) ?? [],
    );
    expect(bases).toHaveLength(5);
    expect(bases.filter((base) => !/:[\w.-]+@\$\{[A-Z]+_DIGEST\}/.test(base))).toEqual([]);
  });

  test('says when it is well, and waits for what it needs', () => {
    const unhealthy = services.filter(
      ([, { healthcheck }]) => healthcheck.test === undefined && healthcheck.disable !== true,
    );
    expect(unhealthy).toEqual([]);
    for (const [, { depends_on: needs }] of services)
      for (const [other, { condition }] of Object.entries(needs))
        expect([other, condition]).toEqual([
          other,
          other === 'mongodb-init' ? 'service_completed_successfully' : 'service_healthy',
        ]);
    expect(startOrder()).toHaveLength(services.length);
  });

  test('has a volume for everything that it keeps, and nobody else’s', () => {
    const used = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(file.volumes).toSorted());
    const shared = new Set(used.filter((volume, i) => used.indexOf(volume) !== i));
    expect([...shared]).toEqual(['checkpoints', 'womens-federation-drop']);
  });
});

/** The services in an order in which each comes after what it needs; shorter where there is a circle. */
function startOrder(): readonly string[] {
  const started: string[] = [];
  for (let before = -1; before < started.length;) {
    before = started.length;
    for (const [name, { depends_on: needs }] of services)
      if (!started.includes(name) && Object.keys(needs).every((other) => started.includes(other))) started.push(name);
  }
  return started;
}
