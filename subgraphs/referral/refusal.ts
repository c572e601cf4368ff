/** A failure that the caller can mend; never an exception. `NOT_FOUND` = not there, or no party: the two look alike. */
export interface Refusal {
  readonly code: keyof typeof MESSAGES;
  /** The input field at fault. */
  readonly path: readonly string[];
}

export const refused = (code: Refusal['code'], ...path: string[]): { readonly refusal: Refusal } => ({
  refusal: { code, path },
});

const MESSAGES = {
  INVALID: '输入无效，请更正该字段。 / The input is not valid; correct this field.',
  NOT_FOUND:
    '不存在，或对您如同不存在：不是其一方、不代表该机构，或对此人没有依据。 / Not there, or not for you: no party of it, not an institution that you act for, or no basis for the person.',
  NOT_YOUR_MOVE: '这一步由另一方做；见 availableMoves。 / The other side makes this move; see availableMoves.',
  WRONG_STATE:
    '现在的状态不允许这一步；见 availableMoves。 / The present state does not allow this move; see availableMoves.',
  CONFLICT:
    '已被他人改变：请按所附的现状与版本重新决定。 / Changed by somebody else meanwhile: decide again on the present state and version.',
  KEY_REUSED: '该幂等键已用于另一内容，请换一个。 / The idempotency key was used for something else; take another.',
  BASIS_MISSING:
    '没有覆盖目标方与各类别、目的含 REFERRAL 的同意，也没有此种类可用的其他依据。 / No consent with the purpose REFERRAL covers target and categories, and no other basis of this kind is there.',
  CATEGORY_NOT_ALLOWED:
    '类别超出您自己可见的，或其部门不许转手，或不得给用人单位。 / A category beyond what you see yourself, or that its department does not let be handed on, or that is closed to employers.',
  UNKNOWN_CATEGORY: '没有这个数据类别。 / There is no such category.',
  UNKNOWN_TARGET:
    '目录中没有这个机构或服务，或它不接收转介。 / The directory has no such organisation or service, or it takes no referrals.',
  OWN_TARGET: '不能转给自己。 / One cannot refer to oneself.',
  REASON_MISSING: '须说明理由。 / Say why.',
  CAPACITY_NO_GROUND:
    '不得以已满为由拒绝：医院对危机与绿色通道（精神卫生法第二十八条），任何一方对强制报告（未成年人保护法第十一条）。 / Being full is no ground: for a hospital of a crisis or a green channel (精神卫生法 art. 28), for anybody of a report (未成年人保护法 art. 11).',
  BASED_ON_MISSING:
    '须由一项相应的转介而来：同一人，且双方与之相合。 / It goes on from another referral: of the same person, with parties that fit.',
  PARTIES_DO_NOT_FIT:
    '转出方或目标方的机构种类不合此种类。 / The kind of requester or target does not fit this kind of referral.',
  DISCHARGE_ASSESSMENT_MISSING: '缺出院康复评估。 / The discharge assessment is missing.',
  WRONG_PURPOSE:
    '此种类须另一查询目的（x-purpose-of-use）。 / This kind takes another purpose of use (x-purpose-of-use).',
  ALREADY_CLOSED: '已确认过。 / Acknowledged already.',
  INTAKE_USED: '此来访已成为另一项转介。 / This contact has become another referral already.',
  TOO_MANY: '已满额，不能再加。 / There is no room for more.',
  BASIS_STANDS: '依据仍在，无需另指。 / The basis stands; no other is needed.',
} as const;

/** What the caller can mend, in words, and where. */
export function referralUserErrors(refusal: Refusal | null) {
  if (refusal === null) return [];
  const { code, path } = refusal;
  return [{ code, message: MESSAGES[code], path: path.length === 0 ? null : ['input', ...path] }];
}
