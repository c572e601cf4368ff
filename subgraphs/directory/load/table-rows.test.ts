import { beforeEach, describe, expect, test } from '@jest/globals';
import { workbook } from '../../../adapters/shared/workbook.fixture.ts';
import type { Store } from '../../../adapters/store/port.ts';
import iconv from 'iconv-lite';
import { capacities } from '../capacity.ts';
import { seededStore } from '../directory.fixture.ts';
import { organisations } from '../organisation.ts';
import { services } from '../service.ts';
import { load as loadFile } from './load.fixture.ts';

let store: Store;
beforeEach(async () => {
  store = await seededStore();
});
const load = async (
  name: string,
  content: string | Uint8Array,
  options: Partial<Parameters<typeof loadFile>[2]> = {},
) => loadFile(name, content, { into: store, ...options });

const HEADINGS = '机构编号,机构名称,机构种类,区划代码,所属部门,上级机构编号,电话,备注';
const GOOD = 'school-x,心桥区第九中学,中小学校、幼儿园,390106001001,教育,education-bureau,０９９－１２３４５６７,无';

describe('tables', () => {
  const csv = (...lines: string[]) => [HEADINGS, ...lines].join('\r\n');

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['GBK', (text: string) => iconv.encode(text, 'gbk')],
    ['UTF-16', (text: string) => iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['XLSX', (text: string) => workbook(text.split('\r\n').map((line) => line.split(',')))],
  ])('%s: Chinese headings and words, full-width digits', async (name, encode) => {
    const { results, ignored } = await load(
      name === 'XLSX' ? 'organizations.xlsx' : 'organizations.csv',
      encode(csv(GOOD)),
    );
    expect(results).toEqual(['line 2 ENTERED']);
    expect(ignored).toEqual(['备注']);
    expect((await store.load(organisations, 'school-x'))?.data).toMatchObject({
      kind: 'SCHOOL',
      department: 'EDUCATION',
      division: '390106001001',
      phones: [{ number: '099-1234567' }],
    });
  });

  test.each([
    ['half-written', 'school-y,心桥', 'COLUMN_COUNT'],
    ['with a formula', GOOD.replace('心桥区第九中学', '=HYPERLINK(A1)'), 'FORMULA'],
    ['with a full-width formula', GOOD.replace('心桥区第九中学', '＝1+1'), 'FORMULA'],
    ['with a command', GOOD.replace('心桥区第九中学', "+cmd|'/c calc'!A1"), 'FORMULA'],
    ['with a broken character', GOOD.replace('第九', '第\ufffd'), 'UNUSABLE_CHARACTERS'],
    ['with an unknown code', GOOD.replace('中小学校、幼儿园', '城堡'), 'INVALID'],
    ['with a division that is none', GOOD.replace('390106001001', '39010'), 'INVALID'],
  ])('a row %s is not taken and told by its line, the others are', async (_, row, code) => {
    const { results, report } = await load('organizations.csv', csv(row, GOOD));
    expect(results).toContain('line 3 ENTERED');
    expect(report).toEqual([
      expect.objectContaining({ place: 'line 2', notTaken: [expect.objectContaining({ code })] }),
    ]);
  });

  test('the same id twice: the first row counts', async () => {
    const { results } = await load('organizations.csv', csv(GOOD, GOOD.replace('第九', '第十')));
    expect(results).toEqual(['line 2 ENTERED', 'line 3 DUPLICATE_ROW']);
    expect((await store.load(organisations, 'school-x'))?.data.name).toBe('心桥区第九中学');
  });

  test('services with ages, hours and languages', async () => {
    const { results } = await load(
      'services.csv',
      [
        '服务编号,机构编号,服务名称,服务种类,需要,服务区域代码,最小年龄,开放时间,语言,接收危机,核实日期',
        'room-x,school-ss001,辅导室,学校心理辅导室,学生心理辅导、心理疏导,390106001004、390106001003,１２,周一至周五 8:30-17:30,zh、csl,否,20261101',
      ].join('\n'),
    );
    expect(results).toEqual(['line 2 ENTERED']);
    expect((await store.load(services, 'room-x'))?.data).toMatchObject({
      needs: ['SCHOOL_COUNSELLING', 'COUNSELLING'],
      areas: ['390106001004', '390106001003'],
      eligibility: { minimumAge: 12 },
      schedules: [{ opensAt: '08:30', closesAt: '17:30' }],
      languages: ['zh', 'csl'],
      takesCrises: false,
      assuredDate: '2026-11-01',
    });
  });

  test('capacities alone', async () => {
    const lines = [
      '服务编号,容量状态,确认日期',
      'district-psychiatric-clinic,已满,2026-11-20',
      'nowhere,已满,2026-11-20',
    ];
    const { results } = await load('capacities.csv', lines.join('\n'));
    expect(results).toEqual(['line 2 CHANGED', 'line 3 NOT_TAKEN']);
    expect((await store.load(capacities, 'district-psychiatric-clinic'))?.data.state).toBe('FULL');
  });

  test.each([
    ['lacks a heading', 'organizations.csv', '机构编号,机构名称\r\na,b', 'COLUMN_MISSING'],
    ['has a heading twice', 'organizations.csv', `${HEADINGS},机构编号\r\n${GOOD},x`, 'COLUMN_MISSING'],
    ['is a web page', 'organizations.csv', '<html>504</html>', 'HTML'],
    ['is no text', 'organizations.csv', Uint8Array.from([0, 1, 2, 3]), 'NOT_TEXT'],
    ['is a workbook cut off', 'organizations.xlsx', workbook([['机构编号']]).subarray(0, 200), 'MALFORMED'],
    ['does not say what it holds', 'things.csv', csv(GOOD), 'COLUMN_MISSING'],
  ])('a table that %s is refused as a whole', async (_, name, content, reason) => {
    await expect(load(name, content)).rejects.toMatchObject({ reason });
  });

  test('a formula of a workbook is never calculated', async () => {
    const cells = [HEADINGS.split(','), GOOD.split(',')];
    const { report } = await load(
      'organizations.xlsx',
      workbook(cells, { B2: { t: 's', v: '心桥', f: 'CONCATENATE("心","桥")' } }),
    );
    expect(report).toEqual([expect.objectContaining({ notTaken: [expect.objectContaining({ code: 'FORMULA' })] })]);
  });
});
