import { ATTACKS } from './attacks.ts';
import { VICTIMS } from './victims.ts';

/** What one client does, under whose token. */
export interface Attacker {
  readonly attack: string;
  readonly client: string;
}

/** Attackers, and somebody beside them. */
export interface Trial {
  readonly what: string;
  readonly attackers: readonly Attacker[];
  readonly victim: keyof typeof VICTIMS;
}

const CLIENT = 'education-system';
const TWO: readonly Attacker[] = [
  { attack: 'dear', client: CLIENT },
  { attack: 'cheap', client: 'union-system' },
];
const besideTwo = (victim: keyof typeof VICTIMS): Trial => ({
  what: `two attackers, the dearest and the cheapest; ${VICTIMS[victim].what}`,
  attackers: TWO,
  victim,
});

export const TRIALS: Readonly<Record<string, Trial>> = {
  ...Object.fromEntries(
    Object.entries(ATTACKS).map(([attack, { what }]): [string, Trial] => [
      attack,
      { what, attackers: [{ attack, client: CLIENT }], victim: 'one' },
    ]),
  ),
  twenty: besideTwo('twenty'),
  waiting: besideTwo('waiting'),
  beside: besideTwo('beside'),
};
