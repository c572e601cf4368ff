import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type Cells, DOMAIN_MOVES, REASON_NEEDED } from './domain-moves.fixture.ts';
import { type Move, type MoveRule, MOVES, refusalOf, roleFor } from './machine.ts';
import { type ReferralState, type Role, STATES } from './codes.ts';

const ROLES: readonly Role[] = ['REQUESTER', 'TARGET', 'PERSON'];
const moves = Object.keys(MOVES) as readonly Move[];

/** Where the machine leads; else why it does not. */
function outcome(move: Move, state: ReferralState, roles: readonly Role[]): string {
  const { to }: MoveRule = MOVES[move];
  return refusalOf(move, { state, roles, stands: true }) ?? to ?? state;
}

function expected(cells: readonly Cells[], state: ReferralState): string {
  if (cells.length === 0) return 'NOT_YOUR_MOVE';
  return cells.map((one) => one[state]).find((to) => to !== undefined) ?? 'WRONG_STATE';
}

test('the machine has the moves of the domain, each of them', () => {
  expect(moves.toSorted()).toEqual(Object.keys(DOMAIN_MOVES).toSorted());
});

test('every move is one that the schema names', () => {
  const sdl = readFileSync(new URL('../../schema/referral.graphql', import.meta.url), 'utf8');
  const declared = /^enum ReferralMove \{(.*?)^\}/ms.exec(sdl)?.[1]?.match(/^ {2}[A-Z_]+$/gm) ?? [];
  const ofTheHub = ['CREATE', 'BASIS_ENDED', 'ESCALATE'];
  expect(declared.map((name) => name.trim()).toSorted()).toEqual([...moves, ...ofTheHub].toSorted());
});

describe.each(ROLES)('as in the table, in every state, for %s:', (role) => {
  test.each(moves)('%s', (move) => {
    const cells = DOMAIN_MOVES[move][role];
    for (const state of STATES)
      expect([state, outcome(move, state, [role])]).toEqual([state, expected(cells ? [cells] : [], state)]);
  });
});

test.each(moves)('whoever serves both sides may do what either may: %s', (move) => {
  const cells = (['REQUESTER', 'TARGET'] as const).flatMap((role) => DOMAIN_MOVES[move][role] ?? []);
  for (const state of STATES)
    expect([state, outcome(move, state, ['REQUESTER', 'TARGET'])]).toEqual([state, expected(cells, state)]);
});

test.each(moves)('who has no side makes no move: %s', (move) => {
  for (const state of STATES) expect(refusalOf(move, { state, roles: [], stands: true })).toBe('NOT_YOUR_MOVE');
  expect(roleFor(move, [])).toBeUndefined();
});

test.each(moves)('a reason is demanded of whom the domain asks for one: %s', (move) => {
  const { reasonFrom = [] }: MoveRule = MOVES[move];
  expect(reasonFrom).toEqual(REASON_NEEDED.filter(([one]) => one === move).map(([, role]) => role));
});

test('nothing is begun or widened on a basis that ended, and everything else goes on', () => {
  const refused = moves.filter((move) => {
    const { from, by }: MoveRule = MOVES[move];
    return from.some((state) => refusalOf(move, { state, roles: by, stands: false }) === 'BASIS_MISSING');
  });
  expect(refused).toEqual(['ACCEPT', 'START', 'JOIN_CARE_TEAM', 'MESSAGE']);
});
