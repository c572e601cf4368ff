import { foldWidth } from '../../../adapters/shared/fold-width.ts';
import { parseLooseDate } from '../../../adapters/shared/loose-date.ts';
import { hoursFromText } from './hours-text.ts';
import { clock } from './hsds-schedule.ts';
import type { RowKind } from './loaded-row.ts';

/** How a cell is read; `words` are the Chinese words of an enum. What is not understood stays as it is, for the check to refuse. */
type Cell = (text: string, words: ReadonlyMap<string, ReadonlyMap<string, string>>) => unknown;

/** One column: its headings (Chinese, and as in the CSV of HSDS), and where it goes; a dot leads into an object. */
export interface Column {
  readonly headings: readonly string[];
  readonly to: string;
  readonly cell: Cell;
  readonly needed?: boolean;
}

const text: Cell = (cell) => cell;
const number: Cell = (cell) => {
  const folded = foldWidth(cell);
  return /^-?\d+(\.\d+)?$/.test(folded) ? Number(folded) : cell;
};
const day: Cell = (cell) => parseLooseDate(cell) ?? cell;
const YES = new Set(['是', '有', '1', 'true', 'yes', 'y', '√']);
const NO = new Set(['否', '无', '0', 'false', 'no', 'n', '×']);
const yesNo: Cell = (cell) => {
  const folded = foldWidth(cell).toLowerCase();
  return YES.has(folded) ? true : NO.has(folded) ? false : cell;
};
const parts = (cell: string) =>
  cell
    .split(/[、,，;；|/\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
const list: Cell = parts;
const oneOf =
  (name: string): Cell =>
  (cell, words) =>
    words.get(name)?.get(cell) ??
    foldWidth(cell)
      .toUpperCase()
      .replaceAll(/[\s-]+/g, '_');
const someOf =
  (name: string): Cell =>
  (cell, words) =>
    parts(cell).map((part) => oneOf(name)(part, words));
const phones: Cell = (cell) =>
  parts(cell).map((part) => ({ number: foldWidth(part).replaceAll(/[()]/g, '-').replace(/^-/, '') }));
const hours: Cell = (cell) => hoursFromText(cell) ?? [{ days: [], opensAt: cell, closesAt: clock(cell) }];

const column = (to: string, cell: Cell, ...headings: string[]): Column => ({ headings, to, cell });
const needed = (to: string, cell: Cell, ...headings: string[]): Column => ({ headings, to, cell, needed: true });

export const TABLE_COLUMNS: Readonly<Record<RowKind, readonly Column[]>> = {
  organisations: [
    needed('id', text, '机构编号', 'id'),
    needed('name', text, '机构名称', 'name'),
    needed('kind', oneOf('OrganisationKind'), '机构种类', 'kind'),
    needed('division', text, '区划代码', 'division'),
    column('alternateName', text, '别名', 'alternate_name'),
    column('description', text, '简介', 'description'),
    column('department', oneOf('Department'), '所属部门', 'department'),
    column('supervisor', text, '上级机构编号', 'supervisor_id', 'parent_organization_id'),
    column('creditCode', text, '统一社会信用代码', 'credit_code'),
    column('email', text, '电子邮箱', 'email'),
    column('website', text, '网站', 'website'),
    column('phones', phones, '电话', 'phones'),
  ],
  locations: [
    needed('id', text, '场所编号', 'id'),
    needed('organisation', text, '机构编号', 'organization_id'),
    needed('name', text, '场所名称', 'name'),
    needed('kind', oneOf('LocationKind'), '场所种类', 'kind'),
    needed('division', text, '区划代码', 'division'),
    column('address', text, '地址', 'address_1'),
    column('latitude', number, '纬度', 'latitude'),
    column('longitude', number, '经度', 'longitude'),
    column('accessibility', text, '无障碍设施', 'accessibility'),
    column('transportation', text, '交通', 'transportation'),
    column('phones', phones, '电话', 'phones'),
  ],
  professionals: [
    needed('id', text, '人员编号', 'id'),
    needed('organisation', text, '机构编号', 'organization_id'),
    needed('name', text, '姓名', 'name'),
    needed('profession', oneOf('Profession'), '专业', 'profession'),
    column('title', text, '职务', 'title'),
    column('qualifications.0.name', text, '资质', 'qualification'),
    column('qualifications.0.issuer', text, '发证机关', 'qualification_issuer'),
    column('qualifications.0.number', text, '证号', 'qualification_number'),
    column('qualifications.0.issuedOn', day, '发证日期', 'qualification_issued_on'),
    column('qualifications.0.expiresOn', day, '有效期至', 'qualification_expires_on'),
    column('needs', someOf('ServiceNeed'), '专长', 'needs'),
    column('languages', list, '语言', 'languages'),
    column('responsibleFor', list, '责任村社区代码', 'responsible_for'),
    column('expert', yesNo, '专家库', 'expert'),
    column('phones', phones, '电话', 'phones'),
  ],
  services: [
    needed('id', text, '服务编号', 'id'),
    needed('organisation', text, '机构编号', 'organization_id'),
    needed('name', text, '服务名称', 'name'),
    needed('kind', oneOf('ServiceKind'), '服务种类', 'kind'),
    needed('needs', someOf('ServiceNeed'), '需要', 'needs'),
    needed('areas', list, '服务区域代码', 'service_areas'),
    column('alternateName', text, '别名', 'alternate_name'),
    column('description', text, '简介', 'description'),
    column('status', oneOf('ServiceStatus'), '状态', 'status'),
    column('eligibility.minimumAge', number, '最小年龄', 'minimum_age'),
    column('eligibility.maximumAge', number, '最大年龄', 'maximum_age'),
    column('eligibility.lifeStages', someOf('LifeStage'), '生命阶段', 'life_stages'),
    column('eligibility.audiences', someOf('Audience'), '对象', 'audiences'),
    column('eligibility.description', text, '条件说明', 'eligibility_description'),
    column('locations', list, '场所编号', 'location_ids'),
    column('schedules', hours, '开放时间', 'schedules'),
    column('languages', list, '语言', 'languages'),
    column('phones', phones, '电话', 'phones'),
    column('applicationProcess', text, '申请方式', 'application_process'),
    column('takesCrises', yesNo, '接收危机', 'takes_crises'),
    column('greenChannel', yesNo, '绿色通道', 'green_channel'),
    column('assuredDate', day, '核实日期', 'assured_date'),
  ],
  capacities: [
    needed('id', text, '服务编号', 'service_id'),
    needed('state', oneOf('CapacityState'), '容量状态', 'state'),
    needed('assuredDate', day, '确认日期', 'assured_date', 'updated'),
    column('available', number, '空余名额', 'available'),
    column('note', text, '说明', 'description'),
  ],
};
