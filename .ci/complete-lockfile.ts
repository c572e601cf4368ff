/**
 * Completes package-lock.json with the optional platform builds that the registry at hand does not carry: `npm install`
 * leaves them out and `npm ci` then refuses the lockfile, although no machine of those platforms is concerned. Run it
 * after every `npm install`; it changes nothing where nothing is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const FILE = new URL('../package-lock.json', import.meta.url);
const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64'];

const entrySchema = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const lock = lockSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
const missing = Object.entries(lock.packages).flatMap(([path, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => path !== '' && !isLocked(path, name))
    .map(([name, version]) => [`node_modules/${name}`, platformEntry({ name, version, dev })] as const),
);
const packages = Object.fromEntries(
  [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
);
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(`${missing.length} platform build(s) added to package-lock.json.`);

/** Node looks in the package's own node_modules first, then upwards. */
function isLocked(path: string, name: string): boolean {
  const folders = [path, ...path.split('/node_modules/').map((_, i, all) => all.slice(0, i).join('/node_modules/'))];
  return folders.some(
    (folder) => lock.packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`],
  );
}

function platformEntry({ name, version, dev }: { name: string; version: string; dev: boolean | undefined }) {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.filter((one) => words.includes(one));
  const cpu = PROCESSORS.filter((one) => words.includes(one));
  if (os.length !== 1 || cpu.length > 1) throw new Error(`${name}: its platform cannot be told from its name`);
  return { version, ...(dev && { dev }), optional: true, os, ...(cpu.length > 0 && { cpu }) };
}
