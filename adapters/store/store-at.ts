import { readSettings } from '../shared/settings.ts';
import { hasPassword, storeAccountProblems, storeSettings } from './settings.ts';

/** The hub's settings, with this address in place of its own where one is given; else what is wrong with it. */
export function storeAt(url: string | undefined, option: string) {
  const environment = url === undefined ? process.env : { ...process.env, STORE_URL: url };
  const { values: read, problems: found } = readSettings(storeSettings, environment);
  // Of two stores one has STORE_PASSWORD, the other its own.
  const values = url !== undefined && hasPassword(read.STORE_URL) ? { ...read, STORE_PASSWORD: undefined } : read;
  const problems = [...found, ...storeAccountProblems(values)];
  return problems.length > 0 ? problems.map((problem) => `${option}: ${problem}`).join('\n') : values;
}
