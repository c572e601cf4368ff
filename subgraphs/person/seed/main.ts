import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSettings } from '../../../adapters/shared/settings.ts';
import { openStore } from '../../../adapters/store/open-store.ts';
import { storeSettings } from '../../../adapters/store/settings.ts';
import { idNumberHash } from '../id-number-hash.ts';
import { personSettings } from '../settings.ts';
import { seedPersons, seedSchema } from './seed-persons.ts';

const HELP = `node subgraphs/person/seed/main.ts --file SEED.json

Puts made-up persons with their consents and care teams into the hub's store, for demonstration and tests; refuses
NODE_ENV=production. Environment: STORE_URL, PERSON_ID_PEPPER. The hub must not be running on the same embedded store.`;

const { values: options } = parseArgs({ options: { file: { type: 'string' }, help: { type: 'boolean' } } });
process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help || options.file === undefined) {
    console.log(HELP);
    return options.help ? 0 : 2;
  }
  if (process.env.NODE_ENV === 'production') {
    console.error('Made-up persons do not go into a production store (NODE_ENV=production).');
    return 2;
  }
  const { values, problems } = readSettings(
    { ...storeSettings, PERSON_ID_PEPPER: personSettings.PERSON_ID_PEPPER },
    process.env,
  );
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    return 2;
  }
  const seed = seedSchema.parse(JSON.parse(readFileSync(options.file, 'utf8')));
  const store = await openStore(values);
  try {
    const added = await seedPersons(seed, {
      store,
      idNumberHash: idNumberHash(values.PERSON_ID_PEPPER),
      now: Date.now,
    });
    console.log(`${added} of ${seed.persons.length} persons added.`);
    return 0;
  } finally {
    await store.close();
  }
}
