import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROJECT = new URL('../../', import.meta.url);
const packageFile = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/** What `npm start` gives to Node: flags, then the program. The hub under test is started as the hub in production is. */
export function hubArguments(): readonly string[] {
  const { scripts } = packageFile.parse(JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')));
  const [, ...given] = scripts.start.split(' ');
  return given.map((one) => (one.endsWith('.ts') ? fileURLToPath(new URL(one, PROJECT)) : one));
}
