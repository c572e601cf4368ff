import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { departmentOptions } from './new-department/options.ts';

/** What a new department stands on; no other department is needed but by the SDL of all. */
const NEEDED = [
  '.ci/new-department',
  '.ci/new-department.ts',
  '.ci/plain-globals.ts',
  'adapters/shared',
  'adapters/audit',
  'adapters/observability',
  'adapters/store',
  'adapters/vault',
  'e2e/systems/shared',
  'e2e/systems/world',
  'schema',
  'subgraphs/shared',
  'docs/permissions.md',
  'package.json',
  'tsconfig.json',
  'jest.config.js',
  '.prettierrc.json',
  '.oxlintrc.json',
];
const project = fileURLToPath(new URL('../', import.meta.url));
const SLUG = 'medical-insurance';
const CATEGORIES = [
  'settlement:医保结算:Settlement of claims',
  'protection-case:大病保障:Protection case',
  'map:地图:Map',
];
const GOOD = commandLine({ en: "Medical insurance's bureau" }, CATEGORIES);

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'xinqiao-new-department-'));
  for (const path of NEEDED) cpSync(join(project, path), join(copy, path), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** A program of the project, in the copy. */
async function run(program: string, args: readonly string[] = []): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(copy, program), ...args], { cwd: copy, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
    });
  });
}

const newDepartment = (args: readonly string[]) => run('.ci/new-department.ts', args);
const tree = () =>
  readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('node_modules'));
const deployment = () => readFileSync(join(copy, 'schema/deployment.json'), 'utf8');
const good = { code: 0, output: expect.anything() };

describe('a department that was made', () => {
  let before: { readonly files: readonly string[]; readonly deployment: string };
  let made: Ended;
  beforeAll(async () => {
    before = { files: tree(), deployment: deployment() };
    made = await newDepartment(GOOD);
  });

  test('is in folders of its own, its SDL, and one more entry of the deployment', () => {
    expect(made).toEqual(good);
    const fresh = tree().filter((path) => !before.files.includes(path));
    expect(fresh.length).toBeGreaterThan(14);
    expect(fresh.every((path) => path.includes(SLUG) || ['subgraphs', 'adapters'].includes(path))).toBe(true);
    const kept = before.deployment.trimEnd().replace(/\n\]$/, '');
    expect(deployment().startsWith(`${kept},\n  {\n    "name": "${SLUG}"`)).toBe(true);
  });

  test('is told what to do next, with a client that holds its categories', () => {
    expect(made.output).toContain('npm run compose');
    expect(made.output).toContain('"medical-insurance:protection-case:read"');
    expect(made.output).toContain('MEDICAL_INSURANCE_URL');
    // The realm is of the clients: before the client it would be that of yesterday.
    expect(made.output).toMatch(/schema\/clients\.json.*npm run realm.*docker-compose\.yml.*npm test/s);
  });

  test('names a type after its department where the schema or the language has that name', () => {
    const port = readFileSync(join(copy, `adapters/${SLUG}/port.ts`), 'utf8');
    expect([...port.matchAll(/interface (\w+)/g)].map(([, name]) => name)).toEqual([
      'Settlement',
      'MedicalInsuranceProtectionCase',
      'MedicalInsuranceMap',
      'MedicalInsuranceSource',
    ]);
  });

  test('composes, type-checks, keeps the house’s form and passes its own tests, untouched', async () => {
    expect(await run('schema/compose/main.ts')).toEqual(good);
    expect(readFileSync(join(copy, 'schema/generated/api.graphql'), 'utf8')).toContain(
      'medicalInsurance: MedicalInsuranceFacet',
    );
    const folders = ['adapters', 'subgraphs', 'e2e/systems'].map((folder) => `${folder}/${SLUG}`);
    writeFileSync(join(copy, 'tsconfig.own.json'), JSON.stringify({ extends: './tsconfig.json', include: folders }));
    const [types, form, lint, tests] = await Promise.all([
      run('node_modules/typescript/bin/tsc', ['--noEmit', '--singleThreaded', '-p', 'tsconfig.own.json']),
      run('node_modules/prettier/bin/prettier.cjs', [
        '--check',
        'schema/deployment.json',
        `schema/${SLUG}.graphql`,
        ...folders,
      ]),
      run('node_modules/oxlint/bin/oxlint', ['--deny-warnings', ...folders]),
      run('node_modules/jest/bin/jest.js', ['--rootDir', copy, '--runInBand', SLUG]),
    ]);
    expect({ types, form, lint }).toEqual({ types: good, form: good, lint: good });
    expect(tests).toEqual({ code: 0, output: expect.stringMatching(/Test Suites: 4 passed, 4 total/) });
  }, 120_000);

  test('is not made again: its places are named and nothing is written', async () => {
    const [files, text] = [tree(), deployment()];
    const again = await newDepartment(GOOD);
    expect(again.code).toBe(1);
    for (const place of ['schema/deployment.json: medical-insurance is there already', `adapters/${SLUG} exists`])
      expect(again.output).toContain(place);
    expect([tree(), deployment()]).toEqual([files, text]);
  });
});

describe('the command line', () => {
  const aid = 'aid:救助:Aid';
  test.each([
    ['a slug with capitals', { slug: 'Medical' }, /--slug must be lower-case words/],
    ['a slug that leads elsewhere', { slug: '../x' }, /--slug must be lower-case words/],
    ['no slug', { slug: '' }, /--slug must be lower-case words/],
    ['a slug of the hub itself', { slug: 'person' }, /person is taken by the hub/],
    ['no Chinese name', { zh: 'Yibao' }, /--zh and --en: a Chinese name/],
    ['a name that ends a comment', { en: 'Insurance */ x' }, /--zh and --en: an English name/],
    ['a name that ends a string', { zh: '医"保' }, /--zh and --en: a Chinese name/],
    ['no category', { category: [] }, /--category: at least one/],
    ['a category without names', { category: ['aid'] }, /--category aid: must be slug:/],
    ['a category with too many parts', { category: ['aid:救助:Aid:x'] }, /without further colons/],
    ['a category twice', { category: [aid, aid] }, /--category aid: given twice/],
    ['a category named as a field of every facet', { category: ['events:事件:Events'] }, /events is taken/],
  ])('with %s is refused', (_, { category = [aid], ...changed }: Changed, problem) => {
    expect(() => departmentOptions(commandLine(changed, category))).toThrow(problem);
  });

  test('with several mistakes names them all', () => {
    expect(() => departmentOptions(['--slug', 'X', '--category', 'Y'])).toThrow(/7 problem\(s\)/);
  });

  test('with an unknown option is refused, and points to the help', () => {
    expect(() => departmentOptions(['--frobnicate'])).toThrow(/--frobnicate[^]*--help/);
    expect(departmentOptions(['--help'])).toBe('help');
  });

  test('that is in order is read', () => {
    expect(departmentOptions(commandLine({}, [aid]))).toEqual({
      slug: 'medical-insurance',
      zh: '医保',
      en: 'Medical insurance',
      categories: [{ slug: 'aid', zh: '救助', en: 'Aid' }],
    });
  });

  test('that is refused writes nothing', async () => {
    const [files, text] = [tree(), deployment()];
    const refused = await newDepartment(commandLine({ slug: 'Pension' }, [aid]));
    expect(refused).toEqual({ code: 1, output: expect.stringContaining('No department was made; 1 problem(s)') });
    expect([tree(), deployment()]).toEqual([files, text]);
  });
});

interface Changed {
  readonly slug?: string;
  readonly zh?: string;
  readonly en?: string;
  readonly category?: readonly string[];
}
function commandLine({ slug = SLUG, zh = '医保', en = 'Medical insurance' }: Changed, categories: readonly string[]) {
  return ['--slug', slug, '--zh', zh, '--en', en, ...categories.flatMap((one) => ['--category', one])];
}
