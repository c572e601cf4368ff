import { type Attack, checkAttacked, type Checked, type CheckOptions } from './check-attacked.ts';
import { answerFault, registerFault } from './claims.ts';
import { fieldForms, type FieldForms } from './field-forms.ts';
import type { HostileDepartment, OpenedDepartment, Question } from './hostile-department.ts';
import { ASKED } from './people.ts';
import { watch } from './witness.ts';

const MOST_PAGES = 4;

/**
 * Asks a real adapter while the department behind it answers what it likes. Whatever that is: a coded error, or rows of
 * who was asked for and of nobody else, in their form, from a bounded number of calls and bytes.
 */
export async function checkDepartment(department: HostileDepartment, options: CheckOptions): Promise<Checked> {
  const forms = await formsOf(department);
  const { slug, kinds, mostBytes, ids } = department;
  return checkAttacked(
    {
      slug,
      kinds,
      mostBytes,
      open: async (attack, witness) => {
        const question = questionOf(department, attack);
        const opened = await department.open(question, attack.spoils, witness);
        const own = forms.get(question.name) ?? {};
        return {
          ask: async () => answered(question, ids, { ...opened, forms: own }),
          close: () => opened.source.close(),
        };
      },
      close: async () => department.close?.(),
    },
    options,
  );
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

interface Asking extends OpenedDepartment {
  readonly forms: FieldForms;
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
