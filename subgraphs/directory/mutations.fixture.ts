/** Changes of the directory by callers of several departments. Test support. */
import { expect } from '@jest/globals';
import type { Caller } from '../shared/caller.ts';
import type { Answer, Ask } from './directory.fixture.ts';

/** A department's system. */
export const department = (name: string, division = '390106'): Partial<Caller> => ({
  client: `${name.toLowerCase()}-system`,
  department: name,
  organisation: `${name.toLowerCase()}-bureau`,
  division,
  roles: ['department-system'],
  scopes: ['directory:write'],
});
const EDUCATION = department('EDUCATION');
export const OFFICE: Partial<Caller> = {
  client: 'office',
  organisation: 'leading-group-office',
  division: '390106',
  roles: ['office'],
};
export const VILLAGE: Partial<Caller> = {
  client: 'village-committee',
  organisation: 'village-committee-390106100200',
  division: '390106100200',
};

let keys = 0;
export type Mutate = (name: string, input: object, caller?: Partial<Caller>) => Promise<Answer>;

/** Makes changes, each under a key of its own. */
export const mutating =
  (ask: Ask): Mutate =>
  async (name: string, input: object, caller: Partial<Caller> = EDUCATION) => {
    const inputType = name.startsWith('retire')
      ? 'RetireEntryInput'
      : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const entry = name.startsWith('set') ? 'service' : name.replace(/^(upsert|retire)/, '').toLowerCase();
    keys += 1;
    return ask(
      `mutation ($input: ${inputType}!) { answer: ${name}(input: $input) {
      entry: ${entry} { id version retiredAt ${entry === 'organisation' ? 'name kind department' : ''} }
      userErrors { code message path } warnings { code path } } }`,
      { input: { idempotencyKey: `key-${keys}`, ...input } },
      caller,
    );
  };
/** `CODE path` of each user error. */
export const errorsOf = ({ data, errors }: Answer) => {
  expect(errors).toEqual([]);
  return data.answer.userErrors.map(({ code, path }: { code: string; path: string[] | null }) =>
    [code, ...(path ?? []).slice(1)].join(' '),
  );
};

export const SCHOOL = {
  id: 'school-new',
  expectedVersion: 0,
  name: '心桥区新建中学',
  kind: 'SCHOOL',
  department: 'EDUCATION',
  division: '390106001001',
  supervisor: 'education-bureau',
};
export const ROOM = {
  id: 'school-new-room',
  expectedVersion: 0,
  organisation: 'school-ss001',
  name: '心理辅导室',
  kind: 'SCHOOL_ROOM',
  division: '390106001004',
};
export const SERVICE = {
  id: 'school-new-counselling',
  expectedVersion: 0,
  organisation: 'school-ss001',
  name: '晚间心理辅导',
  kind: 'SCHOOL_COUNSELLING',
  needs: ['SCHOOL_COUNSELLING'],
  areas: ['390106001004'],
};
