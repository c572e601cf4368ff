import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { errorFault, witnessFault } from './claims.ts';
import { ASKED } from './people.ts';
import { EVERY_CALL, type Spoil } from './spoil.ts';
import { watch, type Witness } from './witness.ts';

/** What an attack is made of; small numbers are simple attacks. */
export interface Attack {
  readonly question: number;
  readonly asked: number;
  readonly spoils: readonly Spoil[];
}

/** An adapter that is asked while what is behind it answers what it likes. */
export interface Attacked {
  /** Of the department. */
  readonly slug: string;
  /** What can be wrong; what comes twice is tried twice as often. */
  readonly kinds: readonly string[];
  /** Bytes that one question may take at most. */
  readonly mostBytes: number;
  /** Opens it, for one attack. */
  open(attack: Attack, witness: Witness): Promise<OpenedForAttack>;
  /** After the last attack. */
  close?(): Promise<void>;
}

interface OpenedForAttack {
  /** Asks once, and says what is wrong with the answer and how many rows it has; throws what the adapter throws. */
  ask(): Promise<{ readonly claim: string | null; readonly rows: number }>;
  close(): Promise<void>;
}

export interface Checked {
  /** Attacks by what became of them: `answered`, `set aside` (answered, and the log tells of rows), or a code. */
  readonly became: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly failure: { readonly claim: string; readonly attack: Attack; readonly path: string } | null;
}

export interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  /** Begins at a counterexample, as it was printed. */
  readonly path?: string;
  /** Later attacks are not made, and not counted. */
  readonly untilMs?: number;
  /** Hears now and then how many were made. */
  readonly heard?: (attacks: number) => void;
}

const HEARD_EVERY = 1_000;
/** Beyond this it hangs. */
const HANG_MS = 25_000;

interface Outcome {
  readonly became: string;
  readonly rows: number;
  readonly claim: string | null;
}

/** Attacks it so often, or until a claim does not hold, and then finds the smallest attack by which it does not. */
export async function checkAttacked(
  attacked: Attacked,
  { seed, runs, path = '', untilMs = Infinity, heard = () => {} }: CheckOptions,
): Promise<Checked> {
  const became: Record<string, number> = {};
  let rows = 0;
  let attacksMade = 0;
  let claim = '';
  const found = await fc.check(
    fc.asyncProperty(attacks(attacked), async (attack) => {
      if (Date.now() > untilMs) return true;
      const outcome = await outcomeOf(attacked, attack);
      became[outcome.became] = (became[outcome.became] ?? 0) + 1;
      rows += outcome.rows;
      attacksMade += 1;
      if (attacksMade % HEARD_EVERY === 0) heard(attacksMade);
      claim = outcome.claim ?? claim;
      return outcome.claim === null;
    }),
    { seed, numRuns: runs, path },
  );
  try {
    if (found.counterexample === null) return { became, rows, failure: null };
    const [attack] = found.counterexample;
    const again = (await outcomeOf(attacked, attack)).claim ?? `only before it was shrunk: ${claim}`;
    return { became, rows, failure: { claim: again, attack, path: found.counterexamplePath ?? '' } };
  } finally {
    await attacked.close?.();
  }
}

function attacks({ kinds }: Attacked): fc.Arbitrary<Attack> {
  return fc.record({
    question: fc.nat(30),
    asked: fc.nat(ASKED.length - 1),
    spoils: fc.array(
      fc.record({
        call: fc.nat(EVERY_CALL),
        kind: fc.constantFrom(...kinds),
        where: fc.nat(200),
        how: fc.nat(60),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
}

async function outcomeOf(attacked: Attacked, attack: Attack): Promise<Outcome> {
  const witness = watch();
  const opened = await attacked.open(attack, witness);
  const loose: unknown[] = [];
  const onLoose = (reason: unknown) => void loose.push(reason);
  process.on('unhandledRejection', onLoose);
  try {
    const outcome = await inTime(asked(attacked, opened, witness));
    // What was rejected and nobody heard is told between two turns of the loop.
    await setImmediate();
    if (loose.length > 0) return { ...outcome, claim: `nobody heard: ${String(loose[0])}` };
    return { ...outcome, claim: outcome.claim ?? witnessFault(witness, attacked.mostBytes) };
  } finally {
    process.off('unhandledRejection', onLoose);
    await opened.close();
  }
}

async function asked({ slug }: Attacked, opened: OpenedForAttack, witness: Witness): Promise<Outcome> {
  try {
    const { claim, rows } = await opened.ask();
    return { became: witness.told.length > 0 ? 'set aside' : 'answered', rows, claim };
  } catch (error) {
    const became = error instanceof SourceError ? error.code : 'another error';
    return { became, rows: 0, claim: errorFault(error, slug) };
  }
}

async function inTime(outcome: Promise<Outcome>): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const timer = setTimeout(() => resolve({ became: 'hangs', rows: 0, claim: 'it hangs' }), HANG_MS);
  try {
    return await Promise.race([outcome, promise]);
  } finally {
    clearTimeout(timer);
  }
}
