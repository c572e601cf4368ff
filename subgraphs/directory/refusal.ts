import type { DirectoryUserErrorCode, DirectoryWarningCode } from '../../schema/generated/api-types.ts';

/** A failure that the caller can mend; never an exception. */
export interface Refusal {
  readonly code: DirectoryUserErrorCode;
  /** Of the input field at fault. */
  readonly path: readonly string[];
}

export const refusal = (code: Refusal['code'], ...path: string[]): Refusal => ({ code, path });

/** Worth a look; the change is made all the same. */
export interface Warning {
  readonly code: DirectoryWarningCode;
  readonly path: readonly string[];
}

const REFUSALS: Readonly<Record<Refusal['code'], string>> = {
  INVALID: '输入无效，请更正该字段。 / The input is not valid; correct this field.',
  NOT_FOUND: '没有这个条目。 / There is no such entry.',
  NOT_YOURS: '由其他部门或辖区维护。 / Kept by another department, or of another jurisdiction.',
  CONFLICT:
    '他人已更改：请据现有状态与版本重新提交。 / Changed by somebody else: submit again on the present state and version.',
  KEY_REUSED: '该幂等键已用于另一内容，请换一个。 / The idempotency key was used for something else; take another.',
  UNKNOWN_REFERENCE: '所引用的条目不存在或已撤销。 / The entry referred to is not there, or is retired.',
  HAS_ENTRIES:
    '仍有在用的服务、场所或人员，请先撤销或改属。 / Services, locations or professionals are still in use: retire them or give them to another organisation first.',
  KIND_FIXED:
    '种类、部门、区划与上级由部门或领导小组办公室确定。 / Kind, department, division and supervisor are for a department or the leading group’s office to set.',
  OUTDATED: '确认日期早于现有的，未采用。 / Assured before the present one; not taken.',
};

const WARNINGS: Readonly<Record<Warning['code'], string>> = {
  CREDIT_CODE_CHECK_DIGIT:
    '统一社会信用代码的校验位不符，请核对。 / The check digit of the credit code is wrong; please check it.',
  QUALIFICATION_EXPIRED: '资质已过期。 / A qualification has expired.',
  NO_SUPERVISOR:
    '没有上级机构：超时转介只能升级到领导小组办公室。 / No supervisor: overdue referrals escalate to the leading group’s office only.',
};

const inInput = (path: readonly string[]) => (path.length === 0 ? null : ['input', ...path]);

/** What the caller can mend, in words, and where. */
export const userErrors = (refusals: readonly Refusal[]) =>
  refusals.map(({ code, path }) => ({ code, message: REFUSALS[code], path: inInput(path) }));

export const warningsShown = (warnings: readonly Warning[]) =>
  warnings.map(({ code, path }) => ({ code, message: WARNINGS[code], path: inInput(path) }));
