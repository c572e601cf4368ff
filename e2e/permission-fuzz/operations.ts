import fc, { type Arbitrary } from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { pickOperation } from '../oracle/pick-operation.ts';
import type { Picked, PickedField, PickedOperation, PickedValue } from '../oracle/picked-operation.ts';
import { apiSchema, peopleSchema } from './api-schema.ts';
import { withinLimits } from './within-limits.ts';
import type { PersonFacts, World } from './world/facts.ts';

/** `w7` stands for the seventh of whatever the argument takes; the first of them each for what is this one person's. */
const WORDS: readonly string[] = Array.from({ length: 40 }, (_, i) => `w${i}`);
/** So many of them. */
const NEAR = 30;
const WORD = /^w(\d+)$/;
const NOBODY = '00000000-0000-4000-8000-00000000ffff';
/** Valid, and nobody's. */
const UNKNOWN_NUMBER = '11010519491231002X';
const DEPTH = 6;
const LARGEST_PAGE = 30;

type Aim = (value: unknown) => unknown;

/** Operations of any form over what the fuzz knows; what their arguments mean is still open. */
export function operations(): Arbitrary<PickedOperation> {
  const pick = (schema: GraphQLSchema, depth: number) =>
    pickOperation(schema, { words: WORDS, depth, introspection: false });
  return fc.oneof(pick(apiSchema(), DEPTH), pick(peopleSchema(), DEPTH - 1)).map(withinLimits);
}

/** The same with arguments that mean this person and what is about them, mostly, or others of the world. */
export function aimedAt(person: PersonFacts, world: World, picked: PickedOperation): PickedOperation {
  const aims = aimsIn(person, world);
  return { ...picked, selections: picked.selections.map((one) => aimed(one, aims)) };
}

function aimsIn(focus: PersonFacts, { persons, referrals }: World): Readonly<Record<string, Aim>> {
  const at =
    (near: readonly string[], all: readonly string[], other: string): Aim =>
    (value) => {
      const n = Number(WORD.exec(String(value))?.[1] ?? Number.NaN);
      const among = n < NEAR && near.length > 0 ? near : all;
      return Number.isNaN(n) ? other : (among[n % among.length] ?? other);
    };
  const localIds = ({ links }: PersonFacts) => links.map(({ localId }) => localId);
  const person = at(
    [focus.id],
    persons.map(({ id }) => id),
    NOBODY,
  );
  const about = referrals.filter(({ personId }) => personId === focus.id);
  return {
    id: person,
    ids: person,
    personId: person,
    'referral id': at(
      about.map(({ id }) => id),
      referrals.map(({ id }) => id),
      NOBODY,
    ),
    localId: at(localIds(focus), persons.flatMap(localIds), 'NOBODY'),
    idNumber: at(
      [focus.idNumber],
      persons.map(({ idNumber }) => idNumber),
      UNKNOWN_NUMBER,
    ),
    first: (value) => 1 + (Number(WORD.exec(String(value))?.[1] ?? 4) % LARGEST_PAGE),
  };
}

function aimed(picked: Picked, aims: Readonly<Record<string, Aim>>): Picked {
  if (picked.kind === 'again') return picked;
  const selections = picked.selections?.map((one) => aimed(one, aims)) ?? null;
  if (picked.kind === 'fragment') return { ...picked, selections: selections ?? [] };
  return { ...picked, selections, args: aimedArgs(picked, aims) };
}

function aimedArgs({ name, args }: PickedField, aims: Readonly<Record<string, Aim>>): PickedField['args'] {
  return Object.fromEntries(
    Object.entries(args).map(([arg, value]) => {
      const aim = aims[`${name} ${arg}`] ?? aims[arg];
      return [arg, aim === undefined ? value : aimedValue(value, aim)];
    }),
  );
}

function aimedValue(value: PickedValue, aim: Aim): PickedValue {
  const each = (one: unknown): unknown => (Array.isArray(one) ? one.map(each) : one === null ? null : aim(one));
  switch (value.kind) {
    case 'constant':
      return { ...value, value: each(value.value) };
    case 'list':
      return { ...value, items: value.items.map((one) => aimedValue(one, aim)) };
    case 'variable': {
      const { byDefault, given } = value;
      return {
        ...value,
        byDefault: byDefault && { value: each(byDefault.value) },
        given: given && { value: each(given.value) },
      };
    }
    case 'object':
      return value;
  }
}
