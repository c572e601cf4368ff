import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { openStore } from '../../../adapters/store/open-store.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { directorySeedSchema, seedDirectory } from './seed-directory.ts';

const HELP = `node subgraphs/directory/seed/main.ts --file SEED.json

Puts a made-up directory into the hub's store, for demonstration and tests; refuses NODE_ENV=production: a real one is
loaded by npm run directory. Environment: STORE_URL. The hub must not be running on the same embedded store.`;

const { values: options } = parseArgs({ options: { file: { type: 'string' }, help: { type: 'boolean' } } });
process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help || options.file === undefined) {
    console.log(HELP);
    return options.help ? 0 : 2;
  }
  if (process.env.NODE_ENV === 'production') {
    console.error('A made-up directory does not go into a production store (NODE_ENV=production).');
    return 2;
  }
  const { values, problems } = readSettings(storeSettings, process.env);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    return 2;
  }
  const seed = directorySeedSchema.parse(JSON.parse(readFileSync(options.file, 'utf8')));
  const store = await openStore(values);
  try {
    console.log(`${await seedDirectory(seed, { store, now: Date.now })} entries added.`);
    return 0;
  } finally {
    await store.close();
  }
}
