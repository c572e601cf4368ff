import { fullWidth } from './full-width.ts';
import { shiftYears } from './calendar.ts';
import { oldIdNumber } from './codes.ts';
import { localIdsOf } from './local-ids-of.ts';
import type { Quirk, RegisterLine, World, WorldPerson } from './model.ts';
import { personById } from './world.ts';

/**
 * A department's register as it wrote it, conflicts included: one line a local id, in the order of people, and one more
 * for each local id that is claimed by a second person. Departments render it in their own form (date formats, codes).
 */
export function registerOf(world: World, department: string): RegisterLine[] {
  const quirks = new Map<string, Quirk>();
  const claims = new Map<string, string>();
  for (const { quirk, personIds, localIds, department: where } of world.planted) {
    if (where !== department) continue;
    for (const localId of localIds) quirks.set(localId, quirk);
    if (quirk === 'one-local-id-two-persons') claims.set(personIds[0] ?? '', personIds[1] ?? '');
  }
  return world.people.flatMap((person) =>
    localIdsOf(world, person, department).flatMap((localId) => {
      const line = lineOf(person, localId, quirks.get(localId));
      const claimedBy = claims.get(person.id);
      return claimedBy === undefined ? [line] : [line, lineOf(personById(world, claimedBy), localId)];
    }),
  );
}

function lineOf(person: WorldPerson, localId: string, quirk?: Quirk): RegisterLine {
  const { id: personId, name, idNumber, sex, birthDate, division } = person;
  return { personId, localId, name, idNumber, sex, birthDate, division, ...(quirk && change(person, quirk)) };
}

/** What a quirk changes of a line. */
function change({ idNumber, sex, birthDate }: WorldPerson, quirk: Quirk): Partial<RegisterLine> {
  switch (quirk) {
    case 'sex-conflict':
      return { sex: sex === 'MALE' ? 'FEMALE' : 'MALE' };
    case 'birth-date-conflict':
      return { birthDate: shiftYears(birthDate, -1) };
    case 'old-id-number':
      return { idNumber: oldIdNumber(idNumber) };
    case 'lower-case-x':
      return { idNumber: idNumber.toLowerCase() };
    case 'missing-id-number':
      return { idNumber: null };
    case 'full-width-id-number':
      return { idNumber: fullWidth(idNumber) };
    case 'malformed-id-number':
      return { idNumber: withWrongCheck(idNumber) };
    case 'two-local-ids':
    case 'one-local-id-two-persons':
      return {};
  }
}
const withWrongCheck = (idNumber: string) => idNumber.slice(0, 17) + (idNumber.endsWith('7') ? '8' : '7');
