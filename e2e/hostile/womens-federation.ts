/** The women's federation's drop folder, into which somebody else drops. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropFolderWomensFederationSource } from '../../adapters/womens-federation/drop-folder-womens-federation-source.ts';
import {
  type DroppedTable,
  dropTable,
  FILE_SPOILS,
  MANIFEST_SPOILS,
  NAME_SPOILS,
  TABLE_SPOILS,
} from './dropped-table.ts';
import { type HostileDepartment, type Question, readsOf } from './hostile-department.ts';
import { type MarkedPerson, NOT_KNOWN, PEOPLE } from './people.ts';
import { BYTE_SPOILS } from './spoil-bytes.ts';
import { WORKBOOK_SPOILS } from './workbook-spoils.ts';

const IDS = ['fl.1a', 'fl.2b', 'fl.3c', 'fl.0d', 'fl.1A', 'fl.5e'];
const READS = ['familySupportOf', 'rightsCasesOf', 'hotlineContactsOf'] as const;

interface Kind {
  readonly stem: string;
  readonly columns: readonly string[];
  readonly row: (id: string, person: MarkedPerson, n: number) => readonly string[];
}
const REGISTER: Kind = {
  stem: '服务对象登记',
  columns: ['档案编号', '姓名', '证件号码', '性别', '出生日期', '所在区划'],
  row: (id, { mark, year, idNumber }) => [id, `${mark}某某`, idNumber, '女', `${year}-01-01`, '110101'],
};
const KINDS: Readonly<Record<string, Kind>> = {
  register: REGISTER,
  familySupportOf: {
    stem: '家庭关爱',
    columns: ['服务编号', '档案编号', '服务类型', '开始日期', '结束日期', '服务次数', '服务状态', '承办单位'],
    row: (id, { mark, year, count }, n) => [
      `${mark}F${n}`,
      id,
      `${mark}走访`,
      `${year}-01-0${1 + n}`,
      `${year}/2/1`,
      String(count),
      '进行中',
      `${mark}街道`,
    ],
  },
  rightsCasesOf: {
    stem: '维权个案',
    columns: [
      '个案编号',
      '档案编号',
      '案由',
      '办理阶段',
      '受理日期',
      '结案日期',
      '人身安全保护令',
      '承办单位',
      '是否封存',
    ],
    row: (id, { mark, year }, n) => [
      `${mark}R${n}`,
      id,
      `${mark}纠纷`,
      '调查中',
      `${year}030${1 + n}`,
      `${year}年4月1日`,
      '是',
      `${mark}妇联`,
      '否',
    ],
  },
  hotlineContactsOf: {
    stem: '12338热线',
    columns: ['工单编号', '档案编号', '来电日期', '诉求类别', '处理方式'],
    row: (id, { mark, year }, n) => [`${mark}H${n}`, id, `${year}-05-0${1 + n}`, `${mark}咨询`, '当场解答'],
  },
};

/** Everybody's lines, as a file of the kind has them when nothing is spoilt. */
function tableOf({ stem, columns, row }: Kind, night: string): DroppedTable {
  const lines = PEOPLE.flatMap((person, who) =>
    who === NOT_KNOWN
      ? []
      : [0, 1].slice(0, stem === REGISTER.stem ? 1 : 2).map((n) => [...row(IDS[who] ?? '', person, n)]),
  );
  return { stem, night, extension: 'csv', columns: [...columns], rows: lines, ids: IDS };
}

/** The register of the night before is right, and stays: only one file is spoilt at a time. */
async function cleanFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-drop-'));
  await dropTable(folder, tableOf(REGISTER, '20261119'), []);
  return folder;
}

let folder: Promise<string> | null = null;

export const womensFederation: HostileDepartment = {
  slug: 'womens-federation',
  reads: READS,
  ids: IDS,
  kinds: [
    TABLE_SPOILS,
    TABLE_SPOILS,
    TABLE_SPOILS,
    FILE_SPOILS,
    WORKBOOK_SPOILS,
    BYTE_SPOILS,
    MANIFEST_SPOILS,
    NAME_SPOILS,
  ].flatMap((table: Readonly<Record<string, unknown>>) => Object.keys(table)),
  mostBytes: 0,
  async open(question: Question, spoils, witness) {
    folder ??= cleanFolder();
    const path = await folder;
    const kind = KINDS[question.name] ?? REGISTER;
    await dropTable(path, tableOf(kind, '20261120'), spoils);
    const settings = {
      WOMENS_FEDERATION_DROP_FOLDER: path,
      WOMENS_FEDERATION_CHECK_SECONDS: 0,
      WOMENS_FEDERATION_TIMEOUT_MS: 20_000,
    };
    const source = dropFolderWomensFederationSource(settings, { log: witness.log });
    return {
      source: { ...source, close: async () => emptied(path) },
      reads: readsOf(source, READS),
    };
  },
  async close() {
    const path = await folder;
    folder = null;
    if (path !== null) await rm(path, { recursive: true, force: true });
  },
};

/** But for what stands there always. */
async function emptied(path: string): Promise<void> {
  const names = (await readdir(path)).filter((name) => !name.endsWith('_20261119.csv'));
  await Promise.all(names.map((name) => rm(join(path, name), { recursive: true, force: true })));
}
