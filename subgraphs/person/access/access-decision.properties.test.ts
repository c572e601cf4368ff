import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWithin } from '../../../adapters/shared/division.ts';
import type { AccessDecision } from './access-decision.ts';
import type { AccessFacts } from './access-question.ts';
import { decide, granted } from './access-fixtures.ts';
import { LISTS, ownAsks, someAsks, someFacts, someLinks, staffAsks } from './facts.fixture.ts';

const RUNS = { numRuns: 300 };
const shows = (decision: AccessDecision) => new Set(Object.keys(granted(decision)));
const partsOf = ({ departments }: AccessDecision) =>
  departments.flatMap(({ department, parts }) => parts.map((part) => ({ ...part, department: department.code })));
const basesOf = (decision: AccessDecision) =>
  new Set([...Object.values(granted(decision)), ...partsOf(decision).map(({ basis }) => basis)]);

describe('facts of all kinds, callers of all kinds', () => {
  test('the facts and questions reach every basis, so that the properties below are about something', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(someFacts, someAsks, (facts, ask) => {
        for (const basis of basesOf(decide(facts, ask))) reached.add(basis);
      }),
      { numRuns: 5_000, seed: 4 },
    );
    expect([...reached].toSorted()).toEqual(
      ['CARE_TEAM', 'CONSENT', 'EMERGENCY', 'MANDATORY_REPORT', 'OWN_RECORD', 'REFERRAL', 'SELF'].toSorted(),
    );
  });

  test.each(LISTS)('less of %s never shows more', (list) => {
    fc.assert(
      fc.property(someFacts, someAsks, fc.nat(9), (facts, ask, drop) => {
        const gone = facts[list][drop % (facts[list].length || 1)];
        // These two also bar: without its suspects a report, and without being suspended a guardianship, only opens.
        fc.pre(gone === undefined || !bars(gone));
        const [less, more] = [decide(without(facts, list, gone), ask), decide(facts, ask)];
        expect(shows(less).isSubsetOf(shows(more))).toBe(true);
        expect(less.visible && !more.visible).toBe(false);
      }),
      RUNS,
    );
  });

  test('nothing is granted without its scope, and fewer scopes never show more; whether there is a basis is another matter', () => {
    fc.assert(
      fc.property(someFacts, someAsks, fc.nat(63), (facts, ask, mask) => {
        const decision = decide(facts, ask);
        for (const name of shows(decision)) expect(ask.caller.scopes).toContain(`${name}:read`);
        const kept = ask.caller.scopes.filter(
          (scope, i) => scope === 'emergency:access' || (mask >> (i % 6)) % 2 === 1,
        );
        const cut = decide(facts, { ...ask, caller: { ...ask.caller, scopes: kept } });
        expect(shows(cut).isSubsetOf(shows(decision))).toBe(true);
        expect(cut.visible).toBe(decision.visible);
        expect(shows(decide(facts, { ...ask, caller: { ...ask.caller, scopes: [] } })).size).toBe(0);
      }),
      RUNS,
    );
  });

  test('cases 35 and 68: whether another department knows the person bears on nothing but its local ids', () => {
    fc.assert(
      fc.property(someFacts, someAsks, someLinks, (facts, ask, others) => {
        const isOwn = ({ department }: { department: string }) => department === ask.caller.department;
        const own = facts.links.filter(isOwn);
        const one = decide({ ...facts, links: own }, ask);
        const two = decide({ ...facts, links: [...own, ...others.filter((other) => !isOwn(other))] }, ask);
        expect([two.visible, granted(two)]).toEqual([one.visible, granted(one)]);
      }),
      RUNS,
    );
  });

  test('case 26: no local id from outside the jurisdiction is handed on but under EMERGENCY, which says so', () => {
    fc.assert(
      fc.property(someFacts, staffAsks, (facts, ask) => {
        const decision = decide(facts, ask);
        const beyond = partsOf(decision).filter(({ localIds }) =>
          localIds.some((id) => !isWithin(divisionIn(id), ask.caller.division)),
        );
        for (const { basis } of beyond) expect(basis).toBe('EMERGENCY');
        expect(decision.crossesJurisdiction).toBe(beyond.length > 0);
      }),
      RUNS,
    );
  });

  test('parts say what the categories say, and never open one local id for one category twice', () => {
    fc.assert(
      fc.property(someFacts, someAsks, (facts, ask) => {
        const decision = decide(facts, ask);
        const opened = partsOf(decision).flatMap(({ department, categories, localIds }) =>
          categories.flatMap((slug) => localIds.map((id) => `${department} ${slug} ${id}`)),
        );
        expect(opened).toEqual([...new Set(opened)]);
        for (const { department, parts, categories } of decision.departments) {
          expect(new Set(parts.flatMap((part) => part.categories))).toEqual(new Set(Object.keys(categories)));
          for (const { localIds } of parts)
            for (const id of localIds) expect(id.startsWith(`${department.code} `)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('SELF is never beside a staff basis, and a person’s own token never has one', () => {
    fc.assert(
      fc.property(someFacts, someAsks, (facts, ask) => {
        const bases = basesOf(decide(facts, ask));
        const own = 'personId' in ask.caller;
        expect(own ? [...bases].filter((basis) => basis !== 'SELF') : [...bases].filter((b) => b === 'SELF')).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });

  test('case 69: a guardian who is suspended or the suspect of a report, whom nobody released, is as strange as a stranger', () => {
    fc.assert(
      fc.property(someFacts, ownAsks, (facts, ask) => {
        const { personId } = ask.caller;
        const barred =
          facts.guardianships.some(({ guardianId, suspended }) => guardianId === personId && suspended) ||
          facts.reports.some(({ suspects }) => suspects.some((one) => one === personId));
        fc.pre(barred);
        expect(decide(facts, ask)).toEqual(decide({}, { ...ask, caller: { ...ask.caller, personId: 'stranger' } }));
      }),
      RUNS,
    );
  });
});

/** The fixture's local ids name the division of their record. */
const divisionIn = (localId: string) => localId.split(' ').at(-1) ?? '';

function bars(fact: object): boolean {
  return (
    ('suspects' in fact && Array.isArray(fact.suspects) && fact.suspects.length > 0) ||
    ('suspended' in fact && fact.suspended === true)
  );
}

function without<Facts extends Partial<AccessFacts>>(facts: Facts, list: (typeof LISTS)[number], gone: unknown): Facts {
  return { ...facts, [list]: (facts[list] ?? []).filter((one) => one !== gone) };
}
