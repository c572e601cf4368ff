import type { PurposeOfUse } from '../shared/caller.ts';
import type { AccessBasis } from '../shared/grant.ts';

/** What the hub itself holds of a person and shows to whoever sees the person. */
export const BASE_DATA = { zh: '姓名、出生日期等基本信息', en: 'name, date of birth and the like' } as const;

/** Purposes in plain words. */
export const PURPOSE_WORDS: Readonly<Record<PurposeOfUse, { readonly zh: string; readonly en: string }>> = {
  CARE: { zh: '关怀服务', en: 'care' },
  REFERRAL: { zh: '转介', en: 'referral' },
  CRISIS_RESPONSE: { zh: '危机干预', en: 'help in a crisis' },
  MANDATORY_REPORTING: { zh: '强制报告', en: 'mandatory reporting' },
  STATISTICS: { zh: '统计', en: 'statistics' },
  SELF_ACCESS: { zh: '本人查阅', en: 'your own view' },
  AUDIT: { zh: '审计', en: 'audit' },
};

/** Bases in plain words, as they stand behind "because of". */
export const BASIS_WORDS: Readonly<Record<AccessBasis, { readonly zh: string; readonly en: string }>> = {
  OWN_RECORD: { zh: '这是该部门自己的记录', en: 'it is that department’s own record' },
  CONSENT: { zh: '同意', en: 'consent' },
  REFERRAL: { zh: '转介', en: 'a referral' },
  CARE_TEAM: { zh: '个案管理团队的成员', en: 'membership of the care team' },
  MANDATORY_REPORT: { zh: '依法须作的报告', en: 'a report that the law demands' },
  EMERGENCY: { zh: '紧急情况', en: 'an emergency' },
  SELF: { zh: '本人或监护人的查阅权', en: 'the right of the person and the guardian to see' },
};
