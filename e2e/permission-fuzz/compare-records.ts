import type { RecordedRequest } from '../../gateway/fuzzed-hub.fixture.ts';
import type { Asking } from './reference/asking.ts';
import type { ExpectedAnswer } from './reference/answer.ts';
import { fits } from './reference/marks.ts';
import { referralCategory } from './reference/referral.ts';
import type { Shown, ShownOfPerson } from './reference/shown.ts';

type Recorded = RecordedRequest['persons'][number];

interface Told {
  readonly asking: Asking;
  readonly records: readonly RecordedRequest[];
  /** The answer's. */
  readonly data: unknown;
  /** Which codes the answer had. */
  readonly codes: readonly string[];
  /** Coordinates that may be missing, as the answer had null there. */
  readonly perhaps: ReadonlySet<string>;
  /** May the engine have read persons that a condition left out? Then the record may name them, with nothing shown. */
  readonly readsMore: boolean;
  /** May the engine have asked for nothing where conditions leave nothing? Then the record may lack who, and what referral, is not shown there. */
  readonly readsLess: boolean;
}

/** In what the record of a request says other than what was shown, to whom, for what and why. `null` = in nothing. */
export function wrongRecord(
  { shown, asksNothing }: ExpectedAnswer,
  { asking, records, data, codes: told, perhaps, readsMore, readsLess }: Told,
): string | null {
  const [record] = records;
  if (asksNothing && record === undefined) return null;
  if (record === undefined || records.length > 1) return `${records.length} records of one request`;
  const codes = [...new Set(told)].toSorted();
  const answered = Object.values(data ?? {}).some((one) => one !== null);
  return (
    differs('purpose', asking.purpose, record.purpose) ??
    differs('actor', actorOf(asking), record.actor) ??
    differs('codes', codes, record.codes) ??
    differs('outcome', answered ? 'ANSWERED' : 'REFUSED', record.outcome) ??
    differs('about nobody', sure(namesOf(shown.besides), perhaps), sure(record.others, perhaps)) ??
    wrongPersons(shown, { record, perhaps, readsMore, readsLess })
  );
}

const actorOf = ({ subject, client, organisation, department, division, personId }: Asking) => ({
  subject,
  client,
  organisation,
  department,
  division,
  personId,
});

const namesOf = (besides: Shown['besides']): readonly string[] =>
  [...new Set([...besides.values()].flatMap((one) => [...one]))].toSorted();

const sure = (coordinates: readonly string[], perhaps: ReadonlySet<string>): readonly string[] =>
  coordinates.filter((one) => !perhaps.has(one));

function wrongPersons(
  shown: Shown,
  { record, perhaps, readsMore, readsLess }: Pick<Told, 'perhaps' | 'readsMore' | 'readsLess'> & Pick<Whole, 'record'>,
): string | null {
  for (const [id, expected] of shown.persons) {
    const found = record.persons.filter((one) => one.id === id);
    const [recorded] = found;
    if (recorded === undefined && readsLess && showsNothing(expected, perhaps)) continue;
    if (recorded === undefined || found.length > 1) return `${found.length} entries about ${id}`;
    const wrong = wrongPerson(expected, { recorded, record, shown, perhaps, readsLess });
    if (wrong !== null) return `about ${id}: ${wrong}`;
  }
  const others = record.persons.filter(({ id }) => id === null || !shown.persons.has(id));
  const told = others.find(
    (one) => one.coordinates !== null || Object.keys(one.shown).length > 0 || (one.visible && !readsMore),
  );
  return told === undefined ? null : `${told.id} was not shown, and stands in the record as shown`;
}

const showsNothing = ({ coordinates, categories }: ShownOfPerson, perhaps: ReadonlySet<string>): boolean =>
  sure([...coordinates], perhaps).length === 0 && categories.size === 0;

interface Whole {
  readonly recorded: Recorded;
  readonly record: RecordedRequest;
  readonly shown: Shown;
  readonly perhaps: ReadonlySet<string>;
  readonly readsLess: boolean;
}

function wrongPerson(expected: ShownOfPerson, { recorded, record, shown, perhaps, readsLess }: Whole): string | null {
  const coordinates = recorded.coordinates === null ? [] : (record.coordinates[recorded.coordinates] ?? []);
  // Under a root field with several persons each is recorded with what the field shows of all (audit-from-the-answer.md).
  const roots = [...expected.roots].flatMap((root) => [...(shown.besides.get(root) ?? [])]);
  const most = new Set([...expected.coordinates, ...expected.perhaps, ...roots]);
  const missing = sure([...expected.coordinates], perhaps).filter((one) => !coordinates.includes(one));
  const more = coordinates.filter((one) => !most.has(one));
  if (missing.length > 0) return `not recorded: ${missing.join(', ')}`;
  if (more.length > 0) return `recorded, and not shown: ${more.join(', ')}`;
  return (
    differs('visible', expected.visible, recorded.visible) ??
    wrongCategories(expected, { recorded, readsLess }) ??
    wrongCrossing(expected, recorded)
  );
}

function wrongCategories(
  { categories, referrals }: ShownOfPerson,
  { recorded: { shown }, readsLess }: Pick<Whole, 'recorded' | 'readsLess'>,
): string | null {
  const told = new Set([...referrals].map((id) => referralCategory(id)));
  const perhaps = (category: string) => readsLess && category.startsWith(referralCategory('')) && !told.has(category);
  const expected = [...categories.keys()].filter((one) => Object.hasOwn(shown, one) || !perhaps(one));
  const wrong = differs('categories', expected.toSorted(), Object.keys(shown).toSorted());
  if (wrong !== null) return wrong;
  for (const category of expected) {
    const reasons = categories.get(category) ?? [];
    const said = shown[category];
    if (!reasons.some(({ basis, ground }) => basis === said?.basis && ground === said.ground))
      return `${category} by ${JSON.stringify(said)}, where there is ${JSON.stringify(reasons)}`;
  }
  return null;
}

function wrongCrossing({ crosses }: ShownOfPerson, { crossesJurisdiction }: Recorded): string | null {
  if (crosses.shown && !crossesJurisdiction)
    return 'an emergency crossed the jurisdiction, and the record does not say so';
  return crossesJurisdiction && !crosses.possible ? 'the record says that the jurisdiction was crossed' : null;
}

function differs(what: string, expected: unknown, said: unknown): string | null {
  if (fits(expected, said)) return null;
  return `${what}: expected ${JSON.stringify(expected)}, the record says ${JSON.stringify(said)}`;
}
