/** The bureau's tables and views as in `tables.ts`, in MariaDB's SQL. */
import { READER, READER_PASSWORD } from './tables.ts';

/** As there: all but what may be about a juvenile's offence. */
const OPEN_LEGAL_AID = `(coalesce(c.juvenile = '0', false) OR (coalesce(c.kind_code IN ('01', '02', '04', '06'), false) AND NOT c.juvenile <=> '1'))`;

const KEY = 'varchar(64) NOT NULL';
const CODE = 'varchar(64)';

/** In the character set of the database in use. */
export const MARIADB_TABLES: readonly string[] = [
  `CREATE TABLE person (line_no int PRIMARY KEY, person_no ${KEY}, name text, id_no text, sex text, birth_date text, division text, INDEX (person_no))`,
  `CREATE TABLE legal_aid_case (person_no ${KEY}, case_no text, kind_code ${CODE}, stage_code text, applied_on text,
    decided_on text, closed_on text, office_id ${CODE}, juvenile text, facts text, INDEX (person_no))`,
  `CREATE TABLE mediation_case (person_no ${KEY}, case_no text, kind_code ${CODE}, stage_code text, accepted_on text,
    agreement_on text, committee_id ${CODE}, talk text, INDEX (person_no))`,
  `CREATE TABLE reintegration_file (person_no ${KEY}, case_no text, from_on text, to_on text, worker text,
    office_id ${CODE}, juvenile text, sealed text, INDEX (person_no))`,
  `CREATE TABLE code_list (list varchar(32), code ${CODE}, name text, PRIMARY KEY (list, code))`,
  `CREATE VIEW v_register AS SELECT p.person_no, p.name, p.id_no, p.sex, p.birth_date, p.division,
    CASE WHEN (EXISTS (SELECT 1 FROM reintegration_file f WHERE f.person_no = p.person_no AND (NOT f.sealed <=> '0' OR NOT f.juvenile <=> '0'))
        OR EXISTS (SELECT 1 FROM legal_aid_case c WHERE c.person_no = p.person_no AND NOT (${OPEN_LEGAL_AID})))
      AND NOT EXISTS (SELECT 1 FROM legal_aid_case c WHERE c.person_no = p.person_no AND ${OPEN_LEGAL_AID})
      AND NOT EXISTS (SELECT 1 FROM mediation_case c WHERE c.person_no = p.person_no)
      THEN '1' ELSE '0' END AS sealed
    FROM person p`,
  `CREATE VIEW v_legal_aid AS SELECT c.person_no, c.case_no, c.kind_code, k.name AS kind_name, c.stage_code, c.applied_on,
    c.decided_on, c.closed_on, o.name AS office, c.juvenile
    FROM legal_aid_case c LEFT JOIN code_list k ON k.list = 'legal-aid-kind' AND k.code = c.kind_code
    LEFT JOIN code_list o ON o.list = 'office' AND o.code = c.office_id`,
  `CREATE VIEW v_mediation AS SELECT c.person_no, c.case_no, c.kind_code, k.name AS kind_name, c.stage_code, c.accepted_on,
    c.agreement_on, m.name AS committee
    FROM mediation_case c LEFT JOIN code_list k ON k.list = 'mediation-kind' AND k.code = c.kind_code
    LEFT JOIN code_list m ON m.list = 'committee' AND m.code = c.committee_id`,
  `CREATE VIEW v_reintegration AS SELECT f.person_no, f.case_no, f.from_on, f.to_on, f.worker, o.name AS office, f.juvenile, f.sealed
    FROM reintegration_file f LEFT JOIN code_list o ON o.list = 'office' AND o.code = f.office_id`,
];

/** The hub's account in this database: it may read the views. */
export const mariaDbReader = (database: string): readonly string[] => [
  `CREATE USER IF NOT EXISTS '${READER}'@'%' IDENTIFIED BY '${READER_PASSWORD}'`,
  ...['v_register', 'v_legal_aid', 'v_mediation', 'v_reintegration'].map(
    (view) => `GRANT SELECT ON \`${database}\`.${view} TO '${READER}'@'%'`,
  ),
];
