import type { AuditedPerson, RequestRecord } from '../../../adapters/audit/port.ts';
import { REFERRALS_CATEGORY } from '../hub-events.ts';
import { isOfRecords } from './matter-words.ts';
import type { Department } from '../../../schema/departments.ts';

type Standings = readonly (readonly [string, AuditedPerson['shown'][string]])[];

/**
 * Of what an answer showed, by category, that which the person or the guardian is told; `null` = not even that there was
 * a look.
 *
 * A department that can seal records must not be given away by its own looks: whoever has nothing but a sealed record
 * there would learn of it from any of them, to base data and open categories too. What it saw of others' records is told.
 * Of a report it is not told who acts on it, and so none of the own records, which would name it.
 */
export function toldStandings(
  { actor }: Pick<RequestRecord, 'actor'>,
  { shown, coordinates, visible }: Pick<AuditedPerson, 'shown' | 'coordinates' | 'visible'>,
  { hidden, matters, departments }: { hidden: boolean; matters: readonly string[]; departments: readonly Department[] },
): Standings | null {
  const all = Object.entries(shown).map(([name, standing]) => [toldName(name), standing] as const);
  const others = all.filter(([, { basis }]) => basis !== 'OWN_RECORD');
  if (hidden) return others.filter(([name]) => name !== REFERRALS_CATEGORY);
  const seals = departments.some(({ code, categories }) => code === actor.department && categories.some(isSealable));
  // In vain is how everybody asks who has no basis, and a matter is for whoever it was sent to: that tells of no record.
  const tellsOfNone = coordinates === null || (!visible && !matters.some(isOfRecords));
  if (!seals || tellsOfNone) return all;
  return others.length === 0 ? null : others;
}

/** Each referral has a name of its own in the record; the person is told that it was one. */
const toldName = (name: string) => (name.startsWith(`${REFERRALS_CATEGORY}:`) ? REFERRALS_CATEGORY : name);

const isSealable = ({ sealable }: Department['categories'][number]) => sealable;
