import { realmExport, type RealmExport } from './realm-export.ts';
import { realmFacts } from './realm-facts.ts';
import type { Realm } from './realm-representation.ts';
import { REALM_SETTINGS } from './realm-settings.ts';

export interface RealmDifference {
  /** What the schema asks for and the running realm does not have. */
  readonly lacks: readonly string[];
  /** What the running realm has and the schema does not ask for. */
  readonly beyond: readonly string[];
}

/** Compares a running realm with the one that the schema asks for. Both lists are sorted; empty ones mean no drift. */
export function realmDifference(wanted: Realm, running: RealmExport): RealmDifference {
  const settings = Object.keys(REALM_SETTINGS);
  const asked = realmFacts(realmExport.parse(wanted), settings);
  const found = realmFacts(running, settings);
  return { lacks: [...asked.difference(found)].toSorted(), beyond: [...found.difference(asked)].toSorted() };
}
