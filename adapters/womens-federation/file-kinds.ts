/** The four files that the women's federation drops each night: headings, rows, and how a file is kept in memory. */
import { z } from 'zod';
import { droppedRows, type BadRow } from '../shared/dropped-rows.ts';
import type { DropKind } from '../shared/file-drop.ts';
import { cleanText, foldWidth } from '../shared/fold-width.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { parseDivision } from '../shared/division.ts';
import { parseLooseDate } from '../shared/loose-date.ts';
import { sexFromText } from '../shared/sex.ts';
import type { RegisterEntry } from '../shared/source.ts';
import type { Table } from '../shared/table.ts';
import * as codes from './code-sets.ts';
import type { FamilySupport, HotlineContact, RightsCase } from './port.ts';
import { rowsByPerson, type FiledRow, type RowsByPerson } from './rows-by-person.ts';

const filed = {
  number: z.string().transform(foldWidth).pipe(z.string().min(1).max(64)),
  localId: z.string().transform(foldWidth).pipe(z.string().min(1).max(64)),
};
const date = z.string().transform(parseLooseDate).pipe(z.string());
/** Empty is no date; a date that is none makes the row unusable. */
const optionalDate = z
  .string()
  .refine((text) => text === '' || parseLooseDate(text) !== null)
  .transform((text) => parseLooseDate(text));
const word = z.string().transform(cleanText).pipe(z.string().min(1).max(40));
const words = z.string().transform((text) => cleanText(text).slice(0, 100) || null);
const count = z.string().transform((text) => (/^\d{1,5}$/.test(foldWidth(text)) ? Number(foldWidth(text)) : null));

export const FAMILY_SUPPORT: DropKind<RowsByPerson<FamilySupport>> = {
  stem: '家庭关爱',
  index: perPerson({
    columns: {
      number: '服务编号',
      localId: '档案编号',
      kind: '服务类型',
      from: '开始日期',
      to: '结束日期',
      sessions: '服务次数',
      status: '服务状态',
      organisation: '承办单位',
    },
    schema: z
      .object({
        ...filed,
        kind: word,
        from: date,
        to: optionalDate,
        sessions: count,
        status: z.string(),
        organisation: words,
      })
      .transform(({ number, localId, kind, from, to, sessions, status, organisation }): FiledRow<FamilySupport> => ({
        number,
        localId,
        row: {
          kind: codes.familySupportKind(kind) ?? 'OTHER',
          kindText: kind,
          from,
          to,
          sessions,
          status: codes.familySupportStatus(status),
          organisation,
        },
      })),
  }),
};

export const RIGHTS_CASE: DropKind<RowsByPerson<RightsCase>> = {
  stem: '维权个案',
  index: perPerson(
    {
      columns: {
        number: '个案编号',
        localId: '档案编号',
        kind: '案由',
        stage: '办理阶段',
        acceptedOn: '受理日期',
        closedOn: '结案日期',
        protectionOrder: '人身安全保护令',
        organisation: '承办单位',
        sealed: '是否封存',
      },
      schema: z
        .object({
          ...filed,
          kind: word,
          stage: z.string(),
          acceptedOn: date,
          // What cannot be read here must not cost the line: it may be the one that seals the case.
          closedOn: z.string().transform((text) => parseLooseDate(text)),
          protectionOrder: z.string(),
          organisation: words,
          sealed: z.string(),
        })
        .transform(({ number, localId, kind, stage, protectionOrder, sealed, ...row }): FiledRow<RightsCase> => ({
          number,
          localId,
          row: {
            ...row,
            kind: codes.rightsCaseKind(kind) ?? 'OTHER',
            kindText: kind,
            stage: codes.rightsCaseStage(stage),
            protectionOrder: codes.yesOrNo(protectionOrder),
            // Only a plain "no" opens a case: an empty or unknown word keeps it sealed.
            sealed: codes.yesOrNo(sealed) ?? true,
          },
        })),
    },
    // Of several lines about one case the last counts, but none can open what another seals.
    {
      merge: (last, earlier) => ({ ...last, sealed: last.sealed || earlier.sealed }),
      doubt: (row) => ({ ...row, sealed: true }),
    },
  ),
};

export const HOTLINE: DropKind<RowsByPerson<HotlineContact>> = {
  stem: '12338热线',
  index: perPerson({
    columns: { number: '工单编号', localId: '档案编号', date: '来电日期', topic: '诉求类别', disposition: '处理方式' },
    schema: z
      .object({ ...filed, date, topic: word, disposition: z.string() })
      .transform(({ number, localId, date: day, topic, disposition }): FiledRow<HotlineContact> => ({
        number,
        localId,
        row: {
          date: day,
          topic: codes.hotlineTopic(topic) ?? 'OTHER',
          topicText: topic,
          disposition: codes.hotlineDisposition(disposition),
        },
      })),
  }),
};

/** The register, by local id; several lines about one local id are all kept, since they may be a conflict. */
export const REGISTER: DropKind<{ readonly entries: readonly RegisterEntry[]; readonly known: ReadonlySet<string> }> = {
  stem: '服务对象登记',
  index(table) {
    const { rows, bad } = droppedRows(table, { columns: REGISTER_COLUMNS, schema: registerEntry });
    const entries = rows.toSorted((a, b) => (a.localId < b.localId ? -1 : Number(a.localId > b.localId)));
    return { value: { entries, known: new Set(entries.map(({ localId }) => localId)) }, bad };
  },
};

const REGISTER_COLUMNS = {
  localId: '档案编号',
  name: '姓名',
  idNumber: '证件号码',
  sex: '性别',
  birthDate: '出生日期',
  division: '所在区划',
};

const registerEntry = z.object({
  localId: filed.localId,
  name: word,
  idNumber: z.string().transform(normaliseIdNumber),
  sex: z.string().transform(sexFromText),
  birthDate: z.string().transform((text) => parseLooseDate(text)),
  division: z.string().transform(parseDivision),
});

interface Rules<Row> {
  merge(this: void, last: Row, earlier: Row): Row;
  doubt(this: void, row: Row): Row;
}

interface PersonFile<Key extends string, Row> {
  readonly columns: Readonly<Record<Key, string>>;
  readonly schema: z.ZodType<FiledRow<Row>, Readonly<Record<Key, string>>>;
}

function perPerson<Key extends string, Row>(
  shape: PersonFile<Key | 'number' | 'localId', Row>,
  { merge, doubt }: Rules<Row> = { merge: (last) => last, doubt: (row) => row },
): (table: Table) => { value: RowsByPerson<Row>; bad: readonly BadRow[] } {
  return (table) => {
    const { rows, bad, spoilt } = droppedRows(table, shape);
    const lines = spoilt.map(({ number, localId }) => ({ number: foldWidth(number), localId: foldWidth(localId) }));
    return { value: rowsByPerson(rows, { spoilt: lines, merge, doubt }), bad };
  };
}
