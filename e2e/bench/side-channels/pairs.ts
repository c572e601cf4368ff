import { randomUUID } from 'node:crypto';
import { REGISTER } from '../../demo/queries.ts';
import { hubIdOf, storyOf } from '../../harness/care-seed.ts';
import { REFERRAL_MOVES } from '../../harness/referral-operations.ts';
import { about, type Ask, byId, nobody, type Pair, scoped, turns } from './pair.ts';
import { PAIRS_OF_STRANGERS, PERSON, REFER } from './pairs-of-strangers.ts';
import {
  beginEmergency,
  FOLLOW_UP,
  noReferral,
  OWN_PUPIL,
  ownPupils,
  POLICE,
  registeredElsewhere,
  registration,
  reported,
  strangersToUnion,
  unusedIdNumbers,
  withoutFollowUp,
} from './people.ts';

const OWN_VIEW =
  'query ($id: ID!) { whoCanSee(personId: $id) { basis } myAccessLog(personId: $id) { edges { cursor } } }';
const REINTEGRATION =
  'query ($id: ID!) { person(id: $id) { justice { source { status asOf } reintegration { from } } } }';
const REFERRAL = 'query ($id: ID!) { referral(id: $id) { id state subject { maskedName } } }';

const MOST_PEOPLE = 60;

/** All that is measured, and compared to the byte. */
export const PAIRS: readonly Pair[] = [
  ...PAIRS_OF_STRANGERS,
  {
    name: 'referral',
    secret: 'was referred',
    purpose: 'REFERRAL',
    token: scoped('union-system', 'referral:read'),
    sides: async (stack) => {
      const { id } = await reported(stack);
      return { a: byId(REFERRAL, () => id), b: byId(REFERRAL, noReferral) };
    },
  },
  {
    name: 'acceptReferral',
    secret: 'was referred',
    purpose: 'REFERRAL',
    token: scoped('union-system', 'referral:write'),
    sides: async (stack) => {
      const { id, version } = await reported(stack);
      const accept = (next: () => string) =>
        about(REFERRAL_MOVES.acceptReferral, () => ({
          input: { referralId: next(), expectedVersion: version, idempotencyKey: randomUUID() },
        }));
      return { a: accept(() => id), b: accept(noReferral) };
    },
  },
  {
    name: 'a report by number and name',
    secret: 'an ID number is in the hub',
    purpose: 'MANDATORY_REPORTING',
    token: scoped('village-committee'),
    sides: async (stack, { times }) => {
      const known = turns(strangersToUnion(stack).map(({ idNumber, name }) => ({ idNumber, name })));
      const unknown = turns(unusedIdNumbers(times, 300_000).map((idNumber) => ({ idNumber, name: '陈某某' })));
      const report = (next: () => object) =>
        about(REFER, () => ({
          input: {
            idempotencyKey: randomUUID(),
            kind: 'MANDATORY_REPORT',
            person: next(),
            reasonCode: 'DOMESTIC_VIOLENCE',
            reason: '邻居听到哭喊声，手臂多处淤青',
            target: { organisation: POLICE },
          },
        }));
      return { a: report(known), b: report(unknown) };
    },
  },
  {
    name: "own view of somebody else's child",
    secret: 'is in the hub',
    purpose: 'SELF_ACCESS',
    token: async ({ signIn }) => signIn.signIn('father'),
    sides: async (stack) => {
      const next = turns(strangersToUnion(stack).map((one) => hubIdOf(stack.world, one)));
      return { a: byId(OWN_VIEW, next), b: byId(OWN_VIEW, nobody) };
    },
  },
  {
    name: "a school's own pupil, without a basis for health",
    secret: 'is known to the psychiatric service',
    token: scoped('education-system', 'health:visits:read'),
    sides: async (stack, { token, times }) => {
      const { known, unknown } = await ownPupils(stack, { token, most: Math.min(times, MOST_PEOPLE) });
      return { a: byId(OWN_PUPIL, turns(known)), b: byId(OWN_PUPIL, turns(unknown)) };
    },
  },
  {
    name: 'a basis for follow-up; nothing there to see',
    secret: 'is known to the psychiatric service',
    purpose: 'CRISIS_RESPONSE',
    token: scoped('education-system', 'health:follow-up:read', 'emergency:access'),
    sides: async (stack, { token, times }) => {
      const { known, unknown } = await withoutFollowUp(stack, { token, most: Math.min(times, MOST_PEOPLE) });
      return { a: byId(FOLLOW_UP, turns(known)), b: byId(FOLLOW_UP, turns(unknown)) };
    },
  },
  {
    name: 'a basis for reintegration; sealed, or nothing',
    secret: 'has a sealed juvenile record',
    purpose: 'CRISIS_RESPONSE',
    token: scoped('civil-affairs-system', 'justice:reintegration:read', 'emergency:access'),
    sides: async (stack, { token }) => {
      const { world } = stack;
      const offender = storyOf(world, 'juvenile-offender').id;
      const other = world.people.find(({ localIds, story }) => localIds.justice.length === 0 && story === null);
      if (other === undefined) throw new Error('everybody is known to justice');
      const nobodyThere = hubIdOf(world, other);
      for (const id of [offender, nobodyThere]) await beginEmergency(stack, { token, id });
      return { a: byId(REINTEGRATION, () => offender), b: byId(REINTEGRATION, () => nobodyThere) };
    },
  },
  {
    name: 'registerPerson with number and name',
    secret: 'is in the hub by another department',
    token: scoped('union-system', 'person:register'),
    sides: async (stack, { times }) => {
      const taken = turns(await registeredElsewhere(stack, times));
      const free = turns(unusedIdNumbers(times, 200_000));
      const register = (idNumber: () => string) => about(REGISTER, () => ({ input: registration(idNumber()) }));
      return { a: register(taken), b: register(free) };
    },
  },
];

/** The same kind on both sides: what is found here is the noise of the method. */
export const SAME_TWICE: Pair = {
  name: 'control: nobody and nobody',
  secret: 'nothing',
  token: scoped('union-system'),
  sides: async () => ({ a: byId(PERSON, nobody), b: byId(PERSON, nobody) }),
};

/** Asked by everybody and about nobody, so that nothing is held; one side has a millisecond planted. */
export const PLANTED: Pair = {
  name: 'control: a planted millisecond',
  secret: 'a wait of 1 ms',
  token: scoped('union-system'),
  sides: async () => {
    const ask: Ask = () => ({ query: '{ __typename }', variables: {} });
    return { a: ask, b: ask };
  },
};
