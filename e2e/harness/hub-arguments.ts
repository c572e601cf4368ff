import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROJECT = new URL('../../', import.meta.url);
const packageFile = z.object({ scripts: z.record(z.string(), z.string()) });

/**
 * What `npm start` gives to Node, or `npm run start:small`: flags, then the program. The hub under test is started as the
 * hub in production is.
 */
export function hubArguments(script: 'start' | 'start:small' = 'start'): readonly string[] {
  const { scripts } = packageFile.parse(JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')));
  const [program, ...given] = scripts[script]?.split(' ') ?? [];
  if (program !== 'node') throw new Error(`package.json has no script ${script} that starts Node`);
  return given.map((one) => (one.endsWith('.ts') ? fileURLToPath(new URL(one, PROJECT)) : one));
}
