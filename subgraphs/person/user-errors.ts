import type { Refusal } from './person-outcome.ts';

const MESSAGES: Readonly<Record<Refusal['code'], string>> = {
  INVALID: '输入无效，请更正该字段。 / The input is not valid; correct this field.',
  NOT_FOUND: '不存在，或没有依据。 / Not there, or no basis.',
  LINK_CONFLICT:
    '与现有关联或登记信息冲突，已记录，待人工裁定。 / In conflict with an existing link or with what is known of the person; recorded for a human decision.',
  NO_STANDING: '此人无权给出或撤回这项同意。 / Who agrees here has no standing to.',
  AGREEMENT_MISSING:
    '缺少必须同意者的同意：未满 14 周岁须监护人，14 至 17 周岁须本人与监护人；出生日期未知时不能登记。 / The agreement of somebody who must agree is missing: under 14 the guardian’s, from 14 to 17 both; without a birth date none can be recorded.',
  SEPARATE_CONSENT_MISSING:
    '敏感类别须单独同意（列入 sensitiveCategories）；未满 14 周岁者一切类别均为敏感。 / A sensitive category takes a separate consent (sensitiveCategories); under 14 every category is sensitive.',
  UNKNOWN_CATEGORY: '没有这个数据类别。 / There is no such category.',
  INVALID_PERIOD: '终止早于起始，或已过去。 / It ends before it begins, or is over already.',
  OWN_REVIEW: '不能由本人复核或解除自己所做的。 / Nobody reviews or releases what they did themselves.',
  ALREADY_DECIDED: '已经决定过。 / Decided already.',
  KEY_REUSED: '该幂等键已用于另一内容，请换一个。 / The idempotency key was used for something else; take another.',
};

/** What the caller can mend, in words, and where. */
export function userErrors(refusal: Refusal | null) {
  if (refusal === null) return [];
  const { code, path } = refusal;
  return [{ code, message: MESSAGES[code], path: path.length === 0 ? null : ['input', ...path] }];
}
