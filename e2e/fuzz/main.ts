/** `npm run fuzz`: what looks for mistakes by itself, each in turn or the one that is named. */
import { dispatch, HELP } from './dispatch.ts';
import { PARTS } from './parts.ts';

async function fuzz(given: readonly string[]): Promise<number> {
  const { runs, help } = dispatch(given);
  if (help) console.log(HELP);
  for (const { part, args } of runs) {
    const exitCode = (await PARTS[part]?.run(args)) ?? 1;
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
