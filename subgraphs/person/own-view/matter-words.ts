import type { BilingualText } from '../consent/consent-text.ts';

/** What is said of a matter that has no words of its own, or must not be told apart from others. */
const SOME_MATTER: BilingualText = { zh: '与您有关的事项', en: 'a matter about you' };

/**
 * Root fields that show something about a person outside `Person`, by what is behind them. Guardianships are not among
 * them: that one was suspended would tell of a suspicion.
 */
const MATTERS: readonly (readonly [RegExp, BilingualText])[] = [
  [/consent/i, { zh: '同意', en: 'consents' }],
  [
    /dataRequest|requestCopy|requestCorrection|requestDeletion/i,
    { zh: '复制、更正、删除请求', en: 'requests for copy, correction or deletion' },
  ],
  [/emergency/i, { zh: '紧急查阅', en: 'an emergency access' }],
  [/conflict/i, { zh: '身份关联的核对', en: 'a check of which records belong to whom' }],
  [/registerPerson|linkPerson/i, { zh: '登记与关联', en: 'registration and links' }],
  [/referral|followUp/i, { zh: '转介', en: 'referrals' }],
  [/auditRecords/, { zh: '审计记录', en: 'audit records' }],
  [/myAccessLog/, { zh: '访问记录', en: 'the access log' }],
  [/whoCanSee/, { zh: '谁可以看到哪些数据', en: 'who can see which data' }],
  [/myNotices/, { zh: '告知', en: 'notices' }],
];

/** What stands behind root fields (`Query.consents`), each said once. */
export function matterWords(roots: readonly string[]): readonly BilingualText[] {
  return [...new Set(roots.map((root) => MATTERS.find(([pattern]) => pattern.test(root))?.[1] ?? SOME_MATTER))];
}

/** A root field that shows which department keeps a record. */
export function isOfRecords(root: string): boolean {
  return /conflict|registerPerson|linkPerson/i.test(root);
}

/** A root field of referrals: while one stands on a running emergency the person is not told of it. */
export function isOfReferrals(root: string): boolean {
  return /referral|followUp/i.test(root);
}

/** A root field of emergencies: while one runs the person is not told of it. */
export function isOfEmergencies(root: string): boolean {
  return /emergency/i.test(root);
}
