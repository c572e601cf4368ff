/** The files of one night as the federation's exporter writes them, with its habits: GBK, full-width digits, dates in any form. */
import { fullWidth } from '../world/full-width.ts';
import { createHash } from 'node:crypto';
import { utils, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import type { World } from '../world/model.ts';
import { randomFor, type Random } from '../world/random.ts';
import { womensFederationRecords, womensHome, type WomensFederationRecords } from './records.ts';

export interface NightlyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of a night by kind, and the manifest that the exporter writes last. */
export interface Night {
  readonly files: readonly NightlyFile[];
  readonly manifest: NightlyFile;
}

type Cell = string | number;
type Sheet = readonly (readonly Cell[])[];

/** A local id that stands in rows and in no register. */
const UNREGISTERED = 'fl.2014.999999';

/** Renders any night of a world: each file is the whole list as it was on that night. */
export function nightlyFiles(world: World, records: WomensFederationRecords = womensFederationRecords(world)) {
  const homes = new Map(records.register.map((line) => [line.localId, womensHome(world, line)]));
  return (night: string): Night => {
    const stamp = night.replaceAll('-', '');
    const writer: Writer = { random: randomFor(world.seed, 'womens-federation', 'files', night), homes, night };
    const files = [
      csv(`服务对象登记_${stamp}.csv`, registerSheet(records, writer), 'gb18030'),
      csv(`家庭关爱_${stamp}.csv`, familySupportSheet(records, writer), 'gb18030'),
      xlsx(`维权个案_${stamp}.xlsx`, rightsCaseSheet(records, writer)),
      csv(`12338热线_${stamp}.csv`, hotlineSheet(records, writer), 'utf8-bom'),
    ];
    return { files: files.map(({ file }) => file), manifest: manifestOf(stamp, files) };
  };
}

/** A manifest for other contents, e.g. what a broken exporter believes it wrote. */
export function manifestOf(stamp: string, files: readonly { file: NightlyFile; rows: number }[]): NightlyFile {
  const lines = files.map(({ file: { name, bytes }, rows }) => [name, rows, sha256(bytes)]);
  return csv(`清单_${stamp}.csv`, [['文件名', '行数', 'SHA256'], ...lines], 'gb18030').file;
}

interface Writer {
  readonly random: Random;
  readonly homes: ReadonlyMap<string, string>;
  readonly night: string;
}

function registerSheet({ register }: WomensFederationRecords, { random }: Writer): Sheet {
  const rows = register.map(({ localId, name, idNumber, sex, birthDate, division }) => [
    localId,
    name,
    // Without the mark a spreadsheet would turn the number into 1.10105E+17.
    idNumber === null ? '' : random.chance(0.5) ? `="${idNumber}"` : idNumber,
    sex === 'FEMALE' ? '女' : '男',
    looseDate(birthDate, random),
    random.chance(0.1) ? fullWidth(division) : division,
  ]);
  return [['档案编号', '姓 名', '证件号码', '性别', '出生日期', '所在区划'], ...rows];
}

function familySupportSheet({ familySupport }: WomensFederationRecords, { random, homes, night }: Writer): Sheet {
  const rows = familySupport.flatMap((row, i) => {
    if (row.from > night) return [];
    const ended = row.to !== null && row.to <= night;
    return [
      [
        `JT${String(i + 1).padStart(7, '0')}`,
        row.localId,
        row.kind,
        looseDate(row.from, random),
        ended ? looseDate(row.to ?? '', random) : '',
        random.chance(0.2) ? fullWidth(String(row.sessions)) : String(row.sessions),
        ended || row.to === null ? row.status : '进行中',
        homes.get(row.localId) ?? '',
      ],
    ];
  });
  return [
    ['服务编号', '档案编号', '服务类型', '开始日期', '结束日期', '服务次数', '服务状态', '承办单位'],
    ...withDuplicates(rows, random),
    ['JT9999998', UNREGISTERED, '走访关爱', '2014-11-03', '', '1', '进行中', ''],
    ['JT9999999', UNREGISTERED, '走访关爱', '2023-13-45', '', '1', '进行中', ''],
  ];
}

function rightsCaseSheet({ rightsCases }: WomensFederationRecords, { random, homes, night }: Writer): Sheet {
  const rows = rightsCases.flatMap((row, i) => {
    if (row.acceptedOn > night) return [];
    const closed = row.closedOn !== null && row.closedOn <= night;
    return [
      [
        `WQ${String(i + 1).padStart(6, '0')}`,
        row.localId,
        row.kind,
        closed || row.closedOn === null ? row.stage : '调查中',
        random.chance(0.7) ? serial(row.acceptedOn) : looseDate(row.acceptedOn, random),
        closed ? serial(row.closedOn ?? '') : '',
        row.protectionOrder ? '是' : '否',
        homes.get(row.localId) ?? '',
        row.sealed ? '是' : '否',
      ],
    ];
  });
  return [
    ['个案编号', '档案编号', '案由', '办理阶段', '受理日期', '结案日期', '人身安全保护令', '承办单位', '是否封存'],
    ...withDuplicates(rows, random),
  ];
}

function hotlineSheet({ hotline }: WomensFederationRecords, { random, night }: Writer): Sheet {
  const rows = hotline.flatMap((row, i) =>
    row.date > night
      ? []
      : [
          [
            `12338-${String(i + 1).padStart(6, '0')}`,
            row.localId,
            looseDate(row.date, random),
            row.topic,
            row.disposition,
          ],
        ],
  );
  return [['工单编号', '档案编号', '来电日期', '诉求类别', '处理方式'], ...withDuplicates(rows, random)];
}

/** One row in forty comes twice. */
const withDuplicates = (rows: Sheet, random: Random): Sheet =>
  rows.flatMap((row) => (random.chance(0.025) ? [row, row] : [row]));

function looseDate(iso: string, random: Random): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return random.pick([iso, iso, `${year}${month}${day}`, `${year}/${Number(month)}/${Number(day)}`, fullWidth(iso)]);
}

const serial = (iso: string) => Math.round((Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function csv(name: string, sheet: Sheet, encoding: 'gb18030' | 'utf8-bom') {
  const text = sheet.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
  const bytes = encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(`\ufeff${text}`);
  return { file: { name, bytes }, rows: sheet.length - 1 };
}

const quoted = (cell: Cell) => (/^[^=].*[",\n]/s.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell);

function xlsx(name: string, sheet: Sheet) {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(sheet.map((row) => [...row])), '维权个案');
  const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
  if (!(bytes instanceof Uint8Array)) throw new TypeError('the workbook did not come as bytes');
  return { file: { name, bytes }, rows: sheet.length - 1 };
}
