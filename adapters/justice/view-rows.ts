/** The views that the bureau opened to the hub, one a category: which columns, and the row that a line becomes. */
import { z } from 'zod';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { parseDivision } from '../shared/division.ts';
import { sexFromGb2261 } from '../shared/sex.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { folded, key, keyIfAny, looseDate, words } from './cells.ts';
import { legalAidKind, legalAidStage, mediationKind, mediationStage } from './code-sets.ts';
import type { LegalAid, LegalAidKind, Mediation, Reintegration } from './port.ts';

/** How one category is read. */
export interface ViewRow<Row> {
  readonly view: string;
  readonly columns: readonly string[];
  /** Parses and maps one line of the view. */
  readonly schema: z.ZodType<Row>;
  /** For `since`; rows without a date are always of interest. */
  readonly dateOf: (row: Row) => string | null;
}

/** Kinds that may be about what a juvenile did: such a case is open only where the view says that it is not. */
const MAY_BE_OFFENCE: ReadonlySet<LegalAidKind> = new Set<LegalAidKind>(['CRIMINAL', 'DUTY_LAWYER', 'OTHER']);

export const legalAidRow: ViewRow<LegalAid> = {
  view: 'v_legal_aid',
  columns: ['kind_code', 'kind_name', 'stage_code', 'applied_on', 'decided_on', 'closed_on', 'office', 'juvenile'],
  schema: z
    .object({
      kind_code: folded,
      kind_name: words,
      stage_code: folded,
      applied_on: looseDate,
      decided_on: looseDate,
      closed_on: looseDate,
      office: words,
      juvenile: folded,
    })
    .transform((line) => ({
      kind: legalAidKind(line.kind_code),
      kindCode: line.kind_code,
      kindDisplay: line.kind_name,
      stage: legalAidStage(line.stage_code),
      stageCode: line.stage_code,
      opened: line.applied_on,
      decidedOn: line.decided_on,
      closed: line.closed_on,
      organisation: line.office,
      sealed: line.juvenile === '1' || (line.juvenile !== '0' && MAY_BE_OFFENCE.has(legalAidKind(line.kind_code))),
    })),
  dateOf: ({ opened, decidedOn, closed }) => latest(opened, decidedOn, closed),
};

export const mediationRow: ViewRow<Mediation> = {
  view: 'v_mediation',
  columns: ['kind_code', 'kind_name', 'stage_code', 'accepted_on', 'agreement_on', 'committee'],
  schema: z
    .object({
      kind_code: folded,
      kind_name: words,
      stage_code: folded,
      accepted_on: looseDate,
      agreement_on: looseDate,
      committee: words,
    })
    .transform((line) => ({
      kind: mediationKind(line.kind_code),
      kindCode: line.kind_code,
      kindDisplay: line.kind_name,
      committee: line.committee,
      stage: mediationStage(line.stage_code),
      stageCode: line.stage_code,
      opened: line.accepted_on,
      agreementDate: line.agreement_on,
    })),
  dateOf: ({ opened, agreementDate }) => latest(opened, agreementDate),
};

export const reintegrationRow: ViewRow<Reintegration> = {
  view: 'v_reintegration',
  columns: ['from_on', 'to_on', 'worker', 'office', 'juvenile', 'sealed'],
  schema: z
    .object({
      from_on: looseDate,
      to_on: looseDate,
      worker: words,
      office: words,
      juvenile: folded,
      sealed: folded,
    })
    .transform((line) => ({
      from: line.from_on,
      to: line.to_on,
      worker: line.worker,
      organisation: line.office,
      // Open only where both say so: a missing or unknown mark seals.
      sealed: line.sealed !== '0' || line.juvenile !== '0',
    })),
  // What goes on has no end yet.
  dateOf: ({ to }) => to,
};

export const REGISTER_COLUMNS = ['person_no', 'name', 'id_no', 'sex', 'birth_date', 'division'] as const;

export const registerLine: z.ZodType<RegisterEntry> = z
  .object({
    person_no: key,
    name: folded,
    id_no: keyIfAny,
    sex: keyIfAny,
    birth_date: looseDate,
    division: keyIfAny,
  })
  .transform((line) => ({
    localId: line.person_no,
    idNumber: normaliseIdNumber(line.id_no ?? ''),
    name: line.name ?? '',
    sex: sexFromGb2261(line.sex),
    birthDate: line.birth_date,
    division: parseDivision(line.division ?? ''),
  }));

/** The last of some dates; `null` where one is missing and the row may be of any day. */
function latest(...dates: readonly (string | null)[]): string | null {
  return (
    dates
      .filter((date) => date !== null)
      .toSorted()
      .at(-1) ?? null
  );
}
