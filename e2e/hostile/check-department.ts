import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { answerFault, errorFault, registerFault, witnessFault } from './claims.ts';
import { fieldForms, type FieldForms } from './field-forms.ts';
import type { HostileDepartment, OpenedDepartment, Question } from './hostile-department.ts';
import { ASKED } from './people.ts';
import { EVERY_CALL, type Spoil } from './spoil.ts';
import { watch, type Witness } from './witness.ts';

/** What an attack is made of; small numbers are simple attacks. */
export interface Attack {
  readonly question: number;
  readonly asked: number;
  readonly spoils: readonly Spoil[];
}

export interface CheckedDepartment {
  /** Attacks by what became of them: `answered`, `set aside` (answered, and the log tells of rows), or a code. */
  readonly became: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly failure: { readonly claim: string; readonly attack: Attack; readonly path: string } | null;
}

interface CheckOptions {
  readonly seed: number;
  readonly runs: number;
  /** Begins at a counterexample, as it was printed. */
  readonly path?: string;
  readonly untilMs?: number;
}

/** Beyond this it hangs. */
const HANG_MS = 25_000;
const MOST_PAGES = 4;

interface Outcome {
  readonly became: string;
  readonly rows: number;
  readonly claim: string | null;
}

/**
 * Asks a real adapter while the department behind it answers what it likes. Whatever that is: a coded error, or rows of
 * who was asked for and of nobody else, in their form, from a bounded number of calls and bytes.
 */
export async function checkDepartment(
  department: HostileDepartment,
  { seed, runs, path = '', untilMs = Infinity }: CheckOptions,
): Promise<CheckedDepartment> {
  const forms = await formsOf(department);
  const became: Record<string, number> = {};
  let rows = 0;
  let claim = '';
  const attackOnce = async (attack: Attack) => outcomeOf(department, attack, forms);
  const found = await fc.check(
    fc.asyncProperty(attacks(department), async (attack) => {
      if (Date.now() > untilMs) return true;
      const outcome = await attackOnce(attack);
      became[outcome.became] = (became[outcome.became] ?? 0) + 1;
      rows += outcome.rows;
      claim = outcome.claim ?? claim;
      return outcome.claim === null;
    }),
    { seed, numRuns: runs, path },
  );
  try {
    if (found.counterexample === null) return { became, rows, failure: null };
    const [attack] = found.counterexample;
    const again = (await attackOnce(attack)).claim ?? `only before it was shrunk: ${claim}`;
    return { became, rows, failure: { claim: again, attack, path: found.counterexamplePath ?? '' } };
  } finally {
    await department.close?.();
  }
}

function attacks({ kinds }: HostileDepartment): fc.Arbitrary<Attack> {
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

function questionOf({ reads }: HostileDepartment, { question, asked }: Omit<Attack, 'spoils'>): Question {
  // A read has a share of three, the register of two, the probe of one.
  const names = [...reads, ...reads, ...reads, 'register', 'register', 'probe'];
  return { name: names[question % names.length] ?? '', asked: ASKED[asked] ?? [] };
}

/** From what the department answers when nothing is spoilt. */
async function formsOf(department: HostileDepartment): Promise<ReadonlyMap<string, FieldForms>> {
  const forms = new Map<string, FieldForms>();
  for (const name of department.reads) {
    const question = { name, asked: ASKED[0] ?? [] };
    const { source, reads } = await department.open(question, [], watch());
    const answer = await reads[name]?.(question.asked.map((who) => department.ids[who] ?? ''));
    await source.close();
    const rows = answer?.rows.flatMap((own) => own ?? []) ?? [];
    if (rows.length < 3) throw new Error(`${department.slug}: ${name} has no rows to spoil`);
    forms.set(name, fieldForms(rows.filter((row) => typeof row === 'object' && row !== null)));
  }
  return forms;
}

async function outcomeOf(
  department: HostileDepartment,
  attack: Attack,
  forms: ReadonlyMap<string, FieldForms>,
): Promise<Outcome> {
  const question = questionOf(department, attack);
  const witness = watch();
  const opened = await department.open(question, attack.spoils, witness);
  const loose: unknown[] = [];
  const onLoose = (reason: unknown) => void loose.push(reason);
  process.on('unhandledRejection', onLoose);
  try {
    const own = forms.get(question.name) ?? {};
    const outcome = await inTime(asked(department, question, { ...opened, witness, forms: own }));
    // What was rejected and nobody heard is told between two turns of the loop.
    await setImmediate();
    if (loose.length > 0) return { ...outcome, claim: `nobody heard: ${String(loose[0])}` };
    return { ...outcome, claim: outcome.claim ?? witnessFault(witness, department.mostBytes) };
  } finally {
    process.off('unhandledRejection', onLoose);
    await opened.source.close();
  }
}

interface Asking extends OpenedDepartment {
  readonly witness: Witness;
  readonly forms: FieldForms;
}

async function asked(department: HostileDepartment, question: Question, asking: Asking): Promise<Outcome> {
  const { slug, ids } = department;
  try {
    const { claim, rows } = await answered(question, ids, asking);
    return { became: asking.witness.told.length > 0 ? 'set aside' : 'answered', rows, claim };
  } catch (error) {
    const became = error instanceof SourceError ? error.code : 'another error';
    return { became, rows: 0, claim: errorFault(error, slug) };
  }
}

async function answered(
  question: Question,
  ids: readonly string[],
  { source, reads, forms }: Asking,
): Promise<{ claim: string | null; rows: number }> {
  if (question.name === 'probe') return { claim: (await source.probe()) ?? null, rows: 0 };
  if (question.name === 'register') return walked(source, ids);
  const answer = await reads[question.name]?.(question.asked.map((who) => ids[who] ?? ''));
  if (answer === undefined) throw new Error(`no read ${question.name}`);
  const rows = answer.rows.reduce((sum, own) => sum + (own?.length ?? 0), 0);
  return { claim: answerFault(answer, question, { forms, ids }), rows };
}

async function walked(source: OpenedDepartment['source'], ids: readonly string[]) {
  let rows = 0;
  for (let cursor: string | null = null, page = 0; page < MOST_PAGES; page += 1) {
    const answer = await source.register(cursor);
    rows += answer.entries.length;
    const claim = registerFault(answer, ids);
    cursor = answer.next;
    if (claim !== null || cursor === null) return { claim, rows };
  }
  return { claim: null, rows };
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
