import { randomUUID } from 'node:crypto';
import { hubIdOf, storyOf } from '../../harness/care-seed.ts';
import { about, byId, nobody, type Pair, scoped, turns } from './pair.ts';
import { strangersToUnion, unusedIdNumbers } from './people.ts';

export const PERSON =
  'query ($id: ID!) { person(id: $id) { id maskedName access { category basis } timeline { edges { cursor } } } }';
const PERSONS = 'query ($ids: [ID!]!) { persons(ids: $ids) { id maskedName } }';
const MATCH = 'query ($n: IDNumber!) { matchPerson(idNumber: $n) { id maskedName } }';
const LOCAL = 'query ($l: String!) { personByLocalId(localId: $l) { id maskedName } }';
const CONSENTS = 'query ($id: ID!) { consents(personId: $id) { id status } }';
const LINK = `mutation ($id: ID!) { linkPerson(input: { personId: $id, localId: "ZG-9", evidence: MANUAL }) {
  person { id } userErrors { code message path } } }`;
export const REFER = `mutation ($input: CreateReferralInput!) { createReferral(input: $input) { referral { id } userErrors { code message path } } }`;

/** Callers without any basis: whether there is somebody is not theirs to know (case 35). */
export const PAIRS_OF_STRANGERS: readonly Pair[] = [
  {
    name: 'person: one in care, again and again',
    secret: 'is in the hub',
    token: scoped('education-system-b'),
    sides: async ({ world }) => ({
      a: byId(PERSON, () => storyOf(world, 'pupil-in-crisis').id),
      b: byId(PERSON, nobody),
    }),
  },
  {
    name: 'persons: twenty at once',
    secret: 'are in the hub',
    token: scoped('union-system'),
    sides: async (stack) => {
      const next = turns(strangersToUnion(stack).map((one) => hubIdOf(stack.world, one)));
      const twenty = (id: () => string) => about(PERSONS, () => ({ ids: Array.from({ length: 20 }, id) }));
      return { a: twenty(next), b: twenty(nobody) };
    },
  },
  {
    name: 'matchPerson',
    secret: 'an ID number is in the hub',
    token: scoped('union-system', 'person:match'),
    sides: async (stack) => {
      const known = turns(strangersToUnion(stack).map(({ idNumber }) => idNumber));
      const unknown = turns(unusedIdNumbers(200));
      return { a: about(MATCH, () => ({ n: known() })), b: about(MATCH, () => ({ n: unknown() })) };
    },
  },
  {
    name: 'personByLocalId of another district',
    secret: 'a local id is in care',
    token: scoped('education-system-b'),
    sides: async ({ world }) => {
      const elsewhere = world.people.filter(({ division }) => division.startsWith('390106'));
      const known = turns(elsewhere.flatMap(({ localIds }) => localIds.education));
      return {
        a: about(LOCAL, () => ({ l: known() })),
        b: about(LOCAL, () => ({ l: `XJ${randomUUID().slice(0, 8)}` })),
      };
    },
  },
  {
    name: 'consents',
    secret: 'is in the hub, with consents',
    token: scoped('education-system-b', 'consent:write'),
    sides: async ({ world }) => ({
      a: byId(CONSENTS, () => storyOf(world, 'pupil-in-crisis').id),
      b: byId(CONSENTS, nobody),
    }),
  },
  {
    name: 'linkPerson',
    secret: 'is in the hub',
    token: scoped('union-system', 'person:link'),
    sides: async (stack) => {
      const next = turns(strangersToUnion(stack).map((one) => hubIdOf(stack.world, one)));
      return { a: byId(LINK, next), b: byId(LINK, nobody) };
    },
  },
  {
    name: 'createReferral',
    secret: 'is in the hub',
    purpose: 'REFERRAL',
    token: scoped('union-system', 'referral:write'),
    sides: async (stack) => {
      const next = turns(strangersToUnion(stack).map((one) => hubIdOf(stack.world, one)));
      const refer = (id: () => string) =>
        about(REFER, () => ({
          input: {
            idempotencyKey: randomUUID(),
            personId: id(),
            kind: 'SERVICE',
            priority: 'ROUTINE',
            reasonCode: 'MOOD',
            categories: ['union:hardship-aid'],
            target: { organisation: 'justice-bureau' },
          },
        }));
      return { a: refer(next), b: refer(nobody) };
    },
  },
];
