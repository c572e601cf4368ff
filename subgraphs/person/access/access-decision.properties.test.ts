import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWithin } from '../../../adapters/shared/division.ts';
import { PURPOSES } from '../../shared/caller.ts';
import type { AccessDecision } from './access-decision.ts';
import { decide, granted } from './access-fixtures.ts';
import { allScopes, consent, departments, DISTRICT, link, member, OTHER_DISTRICT, TOWN } from '../person-fixtures.ts';

describe('properties', () => {
  const names = departments.flatMap(({ categories }) => categories.map(({ name }) => name));
  const codes = departments.map(({ code }) => code);
  const division = fc.constantFrom(DISTRICT, TOWN, OTHER_DISTRICT);
  const consents = fc.array(
    fc
      .record({
        department: fc.constantFrom(...codes),
        division,
        categories: fc.subarray(names),
        purposes: fc.subarray([...PURPOSES]),
        over: fc.boolean(),
      })
      .map(({ department, division: where, over, ...rest }) =>
        consent({
          ...rest,
          recipients: [{ department, organisation: null, team: null, division: where }],
          withdrawnAt: over ? '2026-01-02T00:00:00Z' : null,
        }),
      ),
    { maxLength: 4 },
  );
  const links = fc.array(
    fc
      .record({ department: fc.constantFrom(...codes), division, localId: fc.constantFrom('1', '2') })
      .map((changes) => link(changes)),
    { maxLength: 4 },
  );
  const careTeam = fc.array(
    fc
      .record({ worker: fc.constantFrom('worker-1', 'worker-2'), division, categories: fc.subarray(names) })
      .map((changes) => member(changes)),
    { maxLength: 2 },
  );
  const facts = fc.record({ links, careTeam, consents });
  const asks = fc.record({
    caller: fc.record({
      department: fc.constantFrom(...codes),
      division,
      scopes: fc.subarray([...allScopes]),
      organisation: fc.constantFrom('district-hospital', 'other'),
    }),
    purpose: fc.constantFrom(...PURPOSES),
  });
  const shows = (decision: AccessDecision) => new Set(Object.keys(granted(decision)));

  test('fewer consents, links or members never show more', () => {
    fc.assert(
      fc.property(facts, asks, fc.nat(9), (all, ask, drop) => {
        const without = <T>(list: readonly T[]) => list.filter((_, i) => i !== drop % (list.length + 1));
        const less = decide(
          { links: without(all.links), careTeam: without(all.careTeam), consents: without(all.consents) },
          ask,
        );
        const more = decide(all, ask);
        expect(shows(less).isSubsetOf(shows(more))).toBe(true);
        expect(less.visible && !more.visible).toBe(false);
      }),
    );
  });

  test('case 26: whatever the basis, no local id from outside the jurisdiction is handed on', () => {
    fc.assert(
      fc.property(facts, asks, (all, ask) => {
        const numbered = all.links.map((one, i) => ({ ...one, localId: String(i) }));
        const ids = decide({ ...all, links: numbered }, ask).departments.flatMap(({ parts }) =>
          parts.flatMap(({ localIds }) => localIds),
        );
        for (const id of ids) expect(isWithin(numbered[Number(id)]?.division ?? '', ask.caller.division)).toBe(true);
      }),
    );
  });

  test('nothing is granted without its scope, and fewer scopes never show more', () => {
    fc.assert(
      fc.property(facts, asks, fc.subarray([...allScopes]), (all, ask, scopes) => {
        const decision = decide(all, ask);
        for (const name of shows(decision)) expect(ask.caller.scopes).toContain(`${name}:read`);
        const cut = { ...ask, caller: { ...ask.caller, scopes: ask.caller.scopes.filter((s) => scopes.includes(s)) } };
        expect(shows(decide(all, cut)).isSubsetOf(shows(decision))).toBe(true);
        expect(decide(all, cut).visible).toBe(decision.visible);
      }),
    );
  });

  test('case 68: whether another department knows the person bears on nothing but its local ids', () => {
    fc.assert(
      fc.property(facts, asks, links, (all, ask, others) => {
        const own = all.links.filter(({ department }) => department === ask.caller.department);
        const strange = others.filter(({ department }) => department !== ask.caller.department);
        const one = decide({ ...all, links: own }, ask);
        const two = decide({ ...all, links: [...own, ...strange] }, ask);
        expect([two.visible, granted(two)]).toEqual([one.visible, granted(one)]);
      }),
    );
  });
});
