import { z } from 'zod';
import { parseDivision } from '../shared/division.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { sexFromText } from '../shared/sex.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { unionField as field } from './fields.ts';
import type { ListPage } from './union-api.ts';

/** A line of the union's register of members. */
export const registerRow = z
  .object({
    memberNo: field.memberNo,
    memberName: field.text,
    idCard: field.optionalText,
    gender: field.optionalText,
    birthday: field.date,
    areaCode: field.optionalText,
  })
  .transform(({ memberNo, memberName, idCard, gender, birthday, areaCode }): RegisterEntry => ({
    localId: memberNo,
    idNumber: normaliseIdNumber(idCard ?? ''),
    name: memberName,
    sex: sexFromText(gender),
    birthDate: birthday,
    division: parseDivision(areaCode ?? ''),
  }));

/** Where a walk of the register stands. */
interface Place {
  /** Lines that it has passed. */
  readonly passed: number;
  /** Of the whole register when it was last looked at. */
  readonly total: number;
  /** How often the walk had to step back. */
  readonly steppedBack: number;
}
interface RegisterStep {
  readonly list: readonly unknown[];
  readonly next: string | null;
}
interface RegisterOptions {
  readonly source: string;
  readonly size: number;
  readonly readPage: (page: number) => Promise<ListPage>;
}

const START: Place = { passed: 0, total: 0, steppedBack: 0 };
/** Losses smaller than a page cost one step each, and the walk gets on; only one that regains and loses pages stays. */
const MOST_STEPS_BACK = 200;

/**
 * One step of a walk through a register that shifts meanwhile, its newest member first. Lines that were entered since the
 * last step moved the others down: some come twice, which does no harm, and the new ones belong to the next walk. Lines
 * that were taken out moved the others up past the walk: it steps back by as many, so that none is skipped. The cursor
 * holds counts only, and outlives a change of the page size.
 */
export async function registerStep(cursor: string | null, options: RegisterOptions): Promise<RegisterStep> {
  const { source, size } = options;
  let { passed, total, steppedBack } = cursor === null ? START : placeFrom(cursor, source);
  for (;;) {
    const read = await readAt(passed, options);
    const lost = total - read.total;
    if (lost <= 0) return stepOf(read, { size, steppedBack });
    steppedBack += 1;
    if (steppedBack > MOST_STEPS_BACK) throw invalidAnswer(source, 'a register that keeps losing lines');
    passed = Math.max(0, passed - lost);
    total = read.total;
  }
}

interface PageRead extends Pick<ListPage, 'list' | 'total'> {
  readonly page: number;
}

async function readAt(passed: number, { source, size, readPage }: RegisterOptions): Promise<PageRead> {
  const page = Math.floor(passed / size) + 1;
  const { list, total } = await readPage(page);
  const full = Math.min(size, Math.max(0, total - (page - 1) * size));
  if (list.length !== full) throw invalidAnswer(source, 'a page that is not as full as its total says');
  return { page, list, total };
}

function stepOf({ page, list, total }: PageRead, { size, steppedBack }: { size: number; steppedBack: number }) {
  const passed = page * size;
  return { list, next: passed < total ? `${passed}.${total}.${steppedBack}` : null };
}

function placeFrom(cursor: string, source: string): Place {
  const [, passed, total, steppedBack] = /^(\d{1,9})\.(\d{1,9})\.(\d{1,3})$/.exec(cursor) ?? [];
  if (passed === undefined) throw invalidAnswer(source, 'not a cursor of this register');
  return { passed: Number(passed), total: Number(total), steppedBack: Number(steppedBack) };
}
