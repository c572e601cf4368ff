import { readSettings } from '../shared/settings.ts';
import { storeAccountProblems, storeSettings } from './settings.ts';

/** The hub's settings, with this address in place of its own where one is given; else what is wrong with it. */
export function storeAt(url: string | undefined, option: string) {
  const environment = url === undefined ? process.env : { ...process.env, STORE_URL: url };
  const { values, problems: found } = readSettings(storeSettings, environment);
  const problems = [...found, ...storeAccountProblems(values)];
  return problems.length > 0 ? problems.map((problem) => `${option}: ${problem}`).join('\n') : values;
}
