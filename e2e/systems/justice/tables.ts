/** The bureau's tables, and the views that it opened to the hub: only they may be read by the hub's account. */
import { COMMITTEES, LEGAL_AID_KINDS, MEDIATION_KINDS, OFFICES } from './code-lists.ts';
import type { JusticeRecords } from './record-types.ts';

export const READER = 'hub_reader';
export const READER_PASSWORD = 'made-up-justice-password';

/** All but what may be about a juvenile's offence: criminal defence, a duty lawyer, a kind that nobody knows. */
const OPEN_LEGAL_AID = `(coalesce(c.juvenile = '0', false) OR (coalesce(c.kind_code IN ('01', '02', '04', '06'), false) AND c.juvenile IS DISTINCT FROM '1'))`;

/** PostgreSQL of any kind; MariaDB's are in `mariadb-tables.ts`. */
export const TABLES = `
CREATE TABLE person (line_no int PRIMARY KEY, person_no text NOT NULL, name text, id_no text, sex text, birth_date text, division text);
CREATE TABLE legal_aid_case (person_no text NOT NULL, case_no text, kind_code text, stage_code text, applied_on text,
  decided_on text, closed_on text, office_id text, juvenile text, facts text);
CREATE TABLE mediation_case (person_no text NOT NULL, case_no text, kind_code text, stage_code text, accepted_on text,
  agreement_on text, committee_id text, talk text);
CREATE TABLE reintegration_file (person_no text NOT NULL, case_no text, from_on text, to_on text, worker text,
  office_id text, juvenile text, sealed text);
CREATE TABLE code_list (list text, code text, name text, PRIMARY KEY (list, code));

CREATE VIEW v_register AS SELECT p.person_no, p.name, p.id_no, p.sex, p.birth_date, p.division,
  CASE WHEN (EXISTS (SELECT FROM reintegration_file f WHERE f.person_no = p.person_no AND (f.sealed IS DISTINCT FROM '0' OR f.juvenile IS DISTINCT FROM '0'))
      OR EXISTS (SELECT FROM legal_aid_case c WHERE c.person_no = p.person_no AND NOT (${OPEN_LEGAL_AID})))
    AND NOT EXISTS (SELECT FROM legal_aid_case c WHERE c.person_no = p.person_no AND ${OPEN_LEGAL_AID})
    AND NOT EXISTS (SELECT FROM mediation_case c WHERE c.person_no = p.person_no)
    THEN '1' ELSE '0' END AS sealed
  FROM person p;
CREATE VIEW v_legal_aid AS SELECT c.person_no, c.case_no, c.kind_code, k.name AS kind_name, c.stage_code, c.applied_on,
  c.decided_on, c.closed_on, o.name AS office, c.juvenile
  FROM legal_aid_case c LEFT JOIN code_list k ON k.list = 'legal-aid-kind' AND k.code = c.kind_code
  LEFT JOIN code_list o ON o.list = 'office' AND o.code = c.office_id;
CREATE VIEW v_mediation AS SELECT c.person_no, c.case_no, c.kind_code, k.name AS kind_name, c.stage_code, c.accepted_on,
  c.agreement_on, m.name AS committee
  FROM mediation_case c LEFT JOIN code_list k ON k.list = 'mediation-kind' AND k.code = c.kind_code
  LEFT JOIN code_list m ON m.list = 'committee' AND m.code = c.committee_id;
CREATE VIEW v_reintegration AS SELECT f.person_no, f.case_no, f.from_on, f.to_on, f.worker, o.name AS office, f.juvenile, f.sealed
  FROM reintegration_file f LEFT JOIN code_list o ON o.list = 'office' AND o.code = f.office_id;

CREATE ROLE ${READER} LOGIN PASSWORD '${READER_PASSWORD}';
GRANT SELECT ON v_register, v_legal_aid, v_mediation, v_reintegration TO ${READER};
ALTER ROLE ${READER} SET default_transaction_read_only = on;
`;

/** After the lines are in: loading into an index is slower. */
export const INDEXES = `
CREATE INDEX ON person (person_no);
CREATE INDEX ON legal_aid_case (person_no);
CREATE INDEX ON mediation_case (person_no);
CREATE INDEX ON reintegration_file (person_no);
ANALYZE;
`;

interface Load {
  readonly copy: string;
  readonly csv: string;
}

/** One COPY for each table that has lines. */
export function loadsOf(records: JusticeRecords): Load[] {
  return linesOf(records).map(({ table, columns, lines }) => ({
    copy: `COPY ${table} (${columns.join(', ')}) FROM '/dev/blob' WITH (FORMAT csv)`,
    csv: `${lines.map((cells) => cells.map(cellOf).join(',')).join('\n')}\n`,
  }));
}

type Cell = string | number | null;
interface TableLines {
  readonly table: string;
  readonly columns: readonly string[];
  readonly lines: readonly (readonly Cell[])[];
}

/** What stands in each table that has lines. */
export function linesOf({ persons, legalAid, mediation, reintegration }: JusticeRecords): readonly TableLines[] {
  const numbered = persons.map((line, i) => ({ line_no: i + 1, ...line }));
  const lists = {
    'legal-aid-kind': LEGAL_AID_KINDS,
    'mediation-kind': MEDIATION_KINDS,
    office: OFFICES,
    committee: COMMITTEES,
  };
  const codes = Object.entries(lists).flatMap(([list, items]) => items.map(([code, name]) => ({ list, code, name })));
  const tables = {
    person: numbered,
    legal_aid_case: legalAid,
    mediation_case: mediation,
    reintegration_file: reintegration,
    code_list: codes,
  };
  return Object.entries(tables).flatMap(([table, lines]) => tableLines(table, lines));
}

function tableLines(table: string, lines: readonly object[]): readonly TableLines[] {
  const [first] = lines;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const cellsOf = (line: object) => {
    const cells = new Map<string, Cell>(Object.entries(line));
    return columns.map((column) => cells.get(column) ?? null);
  };
  return [{ table, columns, lines: lines.map(cellsOf) }];
}

/** An unquoted empty cell is NULL. */
function cellOf(value: Cell): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : '';
}
