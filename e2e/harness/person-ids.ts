import type { World } from '../systems/world/model.ts';
import { storyOf } from './care-seed.ts';

/** Who of the stories signs in as themselves. */
const OWN_TOKENS = {
  mother: 'mother',
  child: 'pupil-in-crisis',
  father: 'father',
  patient: 'adult-patient',
  guardian: 'adult-patient-guardian',
};

/** Hub ids by login, as the sign-in server puts them into the tokens of those who ask for their own record. */
export function personIdsOf(world: World): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(OWN_TOKENS).map(([login, story]) => [login, storyOf(world, story).id]));
}
