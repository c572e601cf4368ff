// Written by `npm run compose` from the public API schema; do not edit.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** 日期（RFC 3339 full-date）。 / A date (RFC 3339 full-date). */
  Date: { input: string; output: string; }
  /** 带时区的时刻（RFC 3339）。 / An instant with offset (RFC 3339). */
  DateTime: { input: string; output: string; }
  /** 行政区划代码（GB/T 2260）：6 位，街道（乡镇）9 位，村（社区）12 位。 / Administrative division code (GB/T 2260): 6 digits, 9 for a town, 12 for a village or community. */
  DivisionCode: { input: string; output: string; }
  /** 公民身份号码（GB 11643），只可写入，从不返回。 / Citizen ID number (GB 11643); write-only, never answered. */
  IDNumber: { input: string; output: string; }
  /** 脱敏姓名，如“王**”。 / A masked name, like 王**. */
  MaskedName: { input: string; output: string; }
  /** 非负数。 / A number, zero or more. */
  NonNegativeFloat: { input: number; output: number; }
  /** 非负整数。 / A whole number, zero or more. */
  NonNegativeInt: { input: number; output: number; }
  /** 统一社会信用代码（GB 32100）。 / Unified social credit code (GB 32100). */
  OrganisationCode: { input: string; output: string; }
  /** 不完整日期（FHIR R4 date）：2011、2011-03 或 2011-03-05。 / A date that may be partial (FHIR R4 date): 2011, 2011-03 or 2011-03-05. */
  PartialDate: { input: string; output: string; }
};

/** 为什么可以看到。 / Why somebody may see something. */
export type AccessBasis =
  /** 本部门自己的记录。 / The caller's department owns the record. */
  | 'OWN_RECORD'
  /** 有效的同意。 / An active consent. */
  | 'CONSENT'
  /** 已接受的转介所共享。 / Shared by a referral that was accepted. */
  | 'REFERRAL'
  /** 个案管理团队的成员。 / A named worker of the care team. */
  | 'CARE_TEAM'
  /** 强制报告。 / A mandatory report. */
  | 'MANDATORY_REPORT'
  /** 紧急情况（事后复核并告知本人）。 / An emergency, reviewed afterwards and told to the person. */
  | 'EMERGENCY'
  /** 本人或监护人。 / The person, or the guardian. */
  | 'SELF';

/** 访问记录的一页。 / A page of the access log. */
export type AccessLogConnection = {
  /** 各项，新的在前。 / Edges, newest first. */
  readonly edges: ReadonlyArray<AccessLogEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 访问记录的一项。 / An edge. */
export type AccessLogEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 记录。 / The entry. */
  readonly node: AccessLogEntry;
};

/** 访问记录的一条。 / An entry of the access log. */
export type AccessLogEntry = {
  /** 何时。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 部门；非部门时为空。 / Department; null for others. */
  readonly department?: Maybe<Department>;
  /** 机构；强制报告不显示来源。 / Organisation; of a mandatory report the source is not shown. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 目的。 / Purpose. */
  readonly purpose: PurposeOfUse;
  /** 看到的数据类别。 / Categories that were seen. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** 依据。 / Bases. */
  readonly bases: ReadonlyArray<AccessBasis>;
  /** 是否给出了内容；否则为被拒绝的请求。 / Whether anything was given; otherwise the request was refused. */
  readonly answered: Scalars['Boolean']['output'];
  /** 用平常话说明。 / In plain words. */
  readonly text: ConsentText;
};

/** 加随访任务。 / Adds a follow-up task. */
export type AddFollowUpInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 由哪一方完成。 / Whose task it is. */
  readonly role: FollowUpRole;
  /** 到期日。 / Due on. */
  readonly dueOn: Scalars['Date']['input'];
  /** 内容。 / What is to be done. */
  readonly text: Scalars['String']['input'];
};

/** 年龄段。 / Age band. */
export type AgeBand =
  /** 8 岁以下。 / Under 8. */
  | 'UNDER_8'
  /** 8 至 13 岁。 / 8 to 13. */
  | 'FROM_8_TO_13'
  /** 14 至 17 岁。 / 14 to 17. */
  | 'FROM_14_TO_17'
  /** 18 至 59 岁。 / 18 to 59. */
  | 'FROM_18_TO_59'
  /** 60 岁及以上。 / 60 and over. */
  | 'FROM_60'
  /** 未知。 / Unknown. */
  | 'UNKNOWN';

/** 书面同意上的一方。 / One who agreed on paper. */
export type AgreementInput = {
  /** 谁。 / Who. */
  readonly by: ConsentGiver;
  /** 监护人的枢纽编号。 / The guardian's hub id. */
  readonly guardianId?: InputMaybe<Scalars['ID']['input']>;
  /** 与本人的关系，一个词，如 MOTHER。 / Relation to the person in one word, like MOTHER. */
  readonly relation?: InputMaybe<Scalars['String']['input']>;
  /** 证明材料编号：60 个字符以内，含数字，不写叙述。 / Reference of the evidence, at most 60 characters, with a digit, no prose. */
  readonly evidence: Scalars['String']['input'];
};

/** 第二方的同意。 / The second agreement. */
export type AgreeToConsentInput = {
  /** 为谁。 / For whom. */
  readonly personId: Scalars['ID']['input'];
  /** 同意的编号。 / Id of the consent. */
  readonly consentId: Scalars['ID']['input'];
  /** 所示文本的语言（BCP 47）。 / Language of the text shown (BCP 47). */
  readonly language: Scalars['String']['input'];
  /** 由部门登记时：书面上的这一方。 / Recorded by a department: who agreed on paper. */
  readonly agreement?: InputMaybe<AgreementInput>;
};

/** 答复一项请求。 / Answers a request. */
export type AnswerDataRequestInput = {
  /** 编号。 / Id. */
  readonly dataRequestId: Scalars['ID']['input'];
  /** 答复。 / Outcome. */
  readonly outcome: DataRequestOutcome;
  /** 说明；加密保存。 / In words; kept encrypted. */
  readonly text: Scalars['String']['input'];
};

/** 约定的时间。 / An appointment. */
export type Appointment = {
  /** 开始。 / Start. */
  readonly start: Scalars['DateTime']['output'];
  /** 结束。 / End. */
  readonly end?: Maybe<Scalars['DateTime']['output']>;
  /** 地点。 / Location. */
  readonly location?: Maybe<Location>;
};

/** 一项社会救助。 / One grant of social assistance. */
export type Assistance = {
  /** 救助种类；代码不在码表内时为 OTHER。 / Kind; OTHER when the department's code is outside the code set. */
  readonly kind: AssistanceKind;
  /** 民政系统中的种类代码，原样。 / The department's own code of the kind, as it stands there. */
  readonly kindCode: Scalars['String']['output'];
  /** 民政系统中的种类名称。 / The department's own words for the kind. */
  readonly kindDisplay?: Maybe<Scalars['String']['output']>;
  /** 金额，人民币元；月度救助为每月金额。 / Amount in CNY; for monthly assistance the amount a month. */
  readonly amountCny?: Maybe<Scalars['NonNegativeFloat']['output']>;
  /** 发放周期。 / How often it is paid. */
  readonly payment?: Maybe<AssistancePayment>;
  /** 起始日期。 / First day of the period. */
  readonly from: Scalars['PartialDate']['output'];
  /** 终止日期；仍在享受时为空。 / Last day of the period; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
  /** 经办机构。 / The office that grants it. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 社会救助种类。 / Kinds of social assistance. */
export type AssistanceKind =
  /** 最低生活保障（低保）。 / Subsistence allowance. */
  | 'SUBSISTENCE_ALLOWANCE'
  /** 特困人员救助供养。 / Support of people in extreme poverty. */
  | 'EXTREME_POVERTY_SUPPORT'
  /** 临时救助。 / Temporary relief. */
  | 'TEMPORARY_RELIEF'
  /** 医疗救助。 / Medical assistance. */
  | 'MEDICAL_ASSISTANCE'
  /** 其他或码表外代码。 / Another kind, or a code outside the code set. */
  | 'OTHER';

/** 救助发放周期。 / How often assistance is paid. */
export type AssistancePayment =
  /** 按月。 / Monthly. */
  | 'MONTHLY'
  /** 一次性。 / Once. */
  | 'ONCE';

/** 服务对象。 / For whom a service is meant. */
export type Audience =
  /** 居民。 / Residents. */
  | 'RESIDENTS'
  /** 困境儿童。 / Children in difficulty. */
  | 'CHILDREN_IN_DIFFICULTY'
  /** 学生。 / Pupils and students. */
  | 'PUPILS'
  /** 家长。 / Parents. */
  | 'PARENTS'
  /** 妇女。 / Women. */
  | 'WOMEN'
  /** 老年人。 / Older people. */
  | 'OLDER_PEOPLE'
  /** 职工。 / Employees. */
  | 'EMPLOYEES'
  /** 患者及家属。 / Patients and their families. */
  | 'PATIENTS_AND_FAMILIES'
  /** 残疾人。 / People with disabilities. */
  | 'PEOPLE_WITH_DISABILITIES'
  /** 安置帮教对象。 / Released people. */
  | 'RELEASED_PEOPLE'
  /** 纠纷当事人。 / People in a dispute. */
  | 'PEOPLE_IN_DISPUTE';

/** 一个类别及其依据。 / A category and why it was shown. */
export type AuditedCategory = {
  /** 数据类别。 / Category. */
  readonly category: Scalars['String']['output'];
  /** 依据。 / Basis. */
  readonly basis: AccessBasis;
  /** 依据所在，如 consent:编号。 / The fact it stands on, like consent:id. */
  readonly ground?: Maybe<Scalars['String']['output']>;
};

/** 答复中关于一个人的部分。 / What an answer shows of one person. */
export type AuditedPerson = {
  /** 枢纽编号；不存在时可为空。 / Hub id; null where nobody was found. */
  readonly personId?: Maybe<Scalars['ID']['output']>;
  /** 怎样问到：id、localId、idNumber、entity。 / How the caller came to the person. */
  readonly by: Scalars['String']['output'];
  /** 是否可见。 / Whether visible. */
  readonly visible: Scalars['Boolean']['output'];
  /** 看到的类别。 / Categories shown. */
  readonly categories: ReadonlyArray<AuditedCategory>;
  /** 看到的字段坐标。 / Field coordinates shown. */
  readonly coordinates: ReadonlyArray<Scalars['String']['output']>;
  /** 紧急查阅越出本辖区。 / An emergency reached beyond the jurisdiction. */
  readonly crossesJurisdiction: Scalars['Boolean']['output'];
  /** 与使用者或其同事同名。 / Same name as the user, or as a colleague. */
  readonly nameMatch?: Maybe<NameMatch>;
};

/** 筛选；各项同时成立。 / All that are given must hold. */
export type AuditFilter = {
  /** 所涉的人。 / The person concerned. */
  readonly personId?: InputMaybe<Scalars['ID']['input']>;
  /** 客户端。 / Client. */
  readonly client?: InputMaybe<Scalars['String']['input']>;
  /** 使用者（令牌的 sub）。 / User (the token's sub). */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  /** 依据。 / Basis. */
  readonly basis?: InputMaybe<AccessBasis>;
  /** 追踪编号（W3C trace id）。 / Trace id (W3C). */
  readonly trace?: InputMaybe<Scalars['String']['input']>;
  /** 起始，含。 / From, inclusive. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** 终止，不含。 / To, exclusive. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** 请求的结果。 / Outcome of a request. */
export type AuditOutcome =
  /** 已答复（部分可为空）。 / Answered, parts perhaps null. */
  | 'ANSWERED'
  /** 被拒绝。 / Refused. */
  | 'REFUSED'
  /** 出错。 / Failed. */
  | 'FAILED';

/** 一条审计记录；没有任何字段的值。 / An audit record; no value of any field. */
export type AuditRecord = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 种类。 / Kind. */
  readonly kind: AuditRecordKind;
  /** 何时。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 链与序号，如 audit:hub 17。 / Chain and sequence. */
  readonly place: Scalars['String']['output'];
  /** 本条的哈希。 / Hash of the record. */
  readonly hash: Scalars['String']['output'];
  /** 使用者。 / User. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /** 客户端。 / Client. */
  readonly client?: Maybe<Scalars['String']['output']>;
  /** 部门。 / Department. */
  readonly department?: Maybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 区划。 / Division. */
  readonly division?: Maybe<Scalars['DivisionCode']['output']>;
  /** 目的。 / Purpose. */
  readonly purpose?: Maybe<PurposeOfUse>;
  /** 操作名。 / Name of the operation. */
  readonly operation?: Maybe<Scalars['String']['output']>;
  /** 操作的哈希。 / Hash of the operation. */
  readonly operationHash?: Maybe<Scalars['String']['output']>;
  /** 结果。 / Outcome. */
  readonly outcome?: Maybe<AuditOutcome>;
  /** 错误代码。 / Error codes. */
  readonly codes: ReadonlyArray<Scalars['String']['output']>;
  /** 因缺少权限而未给出的字段。 / Fields not given for want of a scope. */
  readonly forbidden: ReadonlyArray<Scalars['String']['output']>;
  /** 所涉的人。 / Persons concerned. */
  readonly persons: ReadonlyArray<AuditedPerson>;
  /** 变更的种类。 / Kind of change. */
  readonly change?: Maybe<Scalars['String']['output']>;
  /** 追踪编号。 / Trace id. */
  readonly trace?: Maybe<Scalars['String']['output']>;
  /** 先写入本地暂存的时刻。 / When it was spooled locally first. */
  readonly spooledAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 记录的一页。 / A page of records. */
export type AuditRecordConnection = {
  /** 各项，新的在前。 / Edges, newest first. */
  readonly edges: ReadonlyArray<AuditRecordEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type AuditRecordEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 记录。 / The record. */
  readonly node: AuditRecord;
};

/** 记录的种类。 / Kind of record. */
export type AuditRecordKind =
  /** 一次请求。 / A request. */
  | 'REQUEST'
  /** 答复在放行前因依据终止而扣下。 / An answer that was not released, since its basis had ended. */
  | 'WITHHELD'
  /** 一次变更。 / A change. */
  | 'CHANGE'
  /** 旧记录已按期移出，有签名为证。 / Old records left, with a signed proof. */
  | 'RETIRED';

/** 一步现在能否做。 / Whether a move may be made now. */
export type AvailableMove = {
  /** 哪一步。 / Which move. */
  readonly move: ReferralMove;
  /** 能否。 / Whether. */
  readonly available: Scalars['Boolean']['output'];
  /** 不能的原因。 / Why not. */
  readonly reason?: Maybe<ReferralUserErrorCode>;
};

/** 紧急查阅：枢纽编号与身份号码二者给一。 / Begins an emergency access: by hub id or by ID number. */
export type BeginEmergencyAccessInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 枢纽编号。 / Hub id. */
  readonly personId?: InputMaybe<Scalars['ID']['input']>;
  /** 身份号码。 / ID number. */
  readonly idNumber?: InputMaybe<Scalars['IDNumber']['input']>;
  /** 理由，至少 20 字；加密保存，复核者可见。 / Reason, at least 20 characters; kept encrypted, shown to the reviewer. */
  readonly reason: Scalars['String']['input'];
};

/** 容量状态。 / State of capacity. */
export type CapacityState =
  /** 可接收。 / Open. */
  | 'OPEN'
  /** 需排队。 / Waiting list. */
  | 'WAITLIST'
  /** 已满。 / Full. */
  | 'FULL'
  /** 须先评估。 / Assessed first. */
  | 'ASSESS_FIRST';

/** 个案管理团队的一名成员。 / A member of the care team. */
export type CareTeamMember = {
  /** 机构。 / Organisation. */
  readonly organisation: Scalars['String']['output'];
  /** 角色。 / Role. */
  readonly role: Scalars['String']['output'];
  /** 可见的数据类别。 / Categories the member may see. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** 起始。 / From. */
  readonly from: Scalars['Date']['output'];
  /** 终止。 / To. */
  readonly to?: Maybe<Scalars['Date']['output']>;
  /** 是否牵头。 / Whether the member leads. */
  readonly lead: Scalars['Boolean']['output'];
};

/** 一个可见的数据类别及其依据。 / One category that may be seen, and its basis. */
export type CategoryAccess = {
  /** 部门。 / Department. */
  readonly department: Department;
  /** 数据类别，如 health:visits。 / Data category, like health:visits. */
  readonly category: Scalars['String']['output'];
  /** 依据。 / Basis. */
  readonly basis: AccessBasis;
};

/** 一项困境儿童保障登记。 / One registration of a child for protection. */
export type ChildWelfare = {
  /** 类别；代码不在码表内时为 OTHER。 / Category; OTHER when the department's code is outside the code set. */
  readonly category: ChildWelfareCategory;
  /** 民政系统中的类别代码，原样。 / The department's own code of the category, as it stands there. */
  readonly categoryCode: Scalars['String']['output'];
  /** 民政系统中的类别名称。 / The department's own words for the category. */
  readonly categoryDisplay?: Maybe<Scalars['String']['output']>;
  /** 监护人姓名（掩码）。 / Name of the guardian, masked. */
  readonly guardianName?: Maybe<Scalars['MaskedName']['output']>;
  /** 监护人与儿童的关系，民政系统原文。 / Relation of the guardian to the child, in the department's words. */
  readonly guardianRelation?: Maybe<Scalars['String']['output']>;
  /** 儿童主任。 / The village's or community's child director (children's officer). */
  readonly childDirector?: Maybe<Scalars['String']['output']>;
  /** 儿童主任所在村（居）委会。 / The village or community committee of the child director. */
  readonly childDirectorOrganisation?: Maybe<Scalars['String']['output']>;
  /** 登记日期。 / Day of registration. */
  readonly from: Scalars['PartialDate']['output'];
  /** 终止日期；仍在保障时为空。 / Last day; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
};

/** 困境儿童类别。 / Categories of children under protection. */
export type ChildWelfareCategory =
  /** 困境儿童。 / Child in difficulty. */
  | 'CHILD_IN_DIFFICULTY'
  /** 孤儿。 / Orphan. */
  | 'ORPHAN'
  /** 事实无人抚养儿童。 / Child de facto without support. */
  | 'DE_FACTO_UNSUPPORTED'
  /** 留守儿童。 / Child left behind by parents who work away. */
  | 'LEFT_BEHIND'
  /** 其他或码表外代码。 / Another category, or a code outside the code set. */
  | 'OTHER';

/** 民政部门记录：社会救助、困境儿童保障、养老关爱、婚姻家庭辅导。 / What civil affairs holds: social assistance, child welfare, elderly care, family guidance. */
export type CivilAffairsFacet = {
  /** 数据来源、时点与状态。 / Where the data come from, as of when, and their status. */
  readonly source: FacetSource;
  /**
   * 社会救助（低保、特困、临时、医疗救助）。 / Social assistance.
   * 需要 / Needs: civil-affairs:assistance:read
   */
  readonly assistance?: Maybe<ReadonlyArray<Assistance>>;
  /**
   * 困境儿童保障。 / Protection of children in difficulty.
   * 需要 / Needs: civil-affairs:child-welfare:read
   */
  readonly childWelfare?: Maybe<ReadonlyArray<ChildWelfare>>;
  /**
   * 养老关爱服务。 / Care services for the elderly.
   * 需要 / Needs: civil-affairs:elderly-care:read
   */
  readonly elderlyCare?: Maybe<ReadonlyArray<ElderlyCare>>;
  /**
   * 婚姻家庭辅导（仅服务事实，无谈话内容）。 / Marriage and family guidance: facts of service only, never the talk.
   * 需要 / Needs: civil-affairs:family-guidance:read
   */
  readonly familyGuidance?: Maybe<ReadonlyArray<FamilyGuidance>>;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为其界限日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
};

/** 完成随访任务。 / Completes a follow-up task. */
export type CompleteFollowUpInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 随访任务。 / The task. */
  readonly followUpId: Scalars['ID']['input'];
};

/** 完成。 / Completes. */
export type CompleteReferralInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 结果。 / Outcome. */
  readonly outcome: ReferralOutcome;
  /** 给转出方的建议。 / Advice back to the requester. */
  readonly advice?: InputMaybe<Scalars['String']['input']>;
};

/** 一项同意。 / A consent. */
export type Consent = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 状态。 / Status. */
  readonly status: ConsentStatus;
  /** 谁同意了。 / Who agreed. */
  readonly agreements: ReadonlyArray<ConsentAgreement>;
  /** 还须谁同意。 / Whose agreement is still missing. */
  readonly missing: ReadonlyArray<ConsentGiver>;
  /** 接收方。 / Recipients. */
  readonly recipients: ReadonlyArray<ConsentRecipient>;
  /** 数据类别。 / Categories. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** 目的。 / Purposes. */
  readonly purposes: ReadonlyArray<PurposeOfUse>;
  /** 起始。 / From. */
  readonly from: Scalars['DateTime']['output'];
  /** 终止。 / To. */
  readonly to?: Maybe<Scalars['DateTime']['output']>;
  /** 撤回时刻。 / When it was withdrawn. */
  readonly withdrawnAt?: Maybe<Scalars['DateTime']['output']>;
  /** 是否包括复发时转回。 / Whether it covers the way back at a relapse. */
  readonly coversWayBack: Scalars['Boolean']['output'];
  /** 用平常话说明。 / In plain words. */
  readonly text: ConsentText;
};

/** 一方的同意。 / That one of those who must agree did. */
export type ConsentAgreement = {
  /** 谁。 / Who. */
  readonly by: ConsentGiver;
  /** 与本人的关系。 / Relation to the person. */
  readonly relation?: Maybe<Scalars['String']['output']>;
  /** 何时。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 证明材料编号。 / Reference of the evidence. */
  readonly evidence: Scalars['String']['output'];
  /** 所示文本的语言。 / Language of the text shown. */
  readonly language: Scalars['String']['output'];
};

/** 谁给出同意。 / Who gives a consent. */
export type ConsentGiver =
  /** 本人。 / The person. */
  | 'SELF'
  /** 监护人。 / A guardian. */
  | 'GUARDIAN';

/** 同意的结果。 / Result. */
export type ConsentPayload = {
  /** 同意；出错时为空。 / The consent; null on error. */
  readonly consent?: Maybe<Consent>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 同意的接收方，须写明名称（个人信息保护法第二十三条）。 / A recipient, by name (PIPL art. 23). */
export type ConsentRecipient = {
  /** 部门；非部门机构时为空。 / Department; null for an organisation outside the departments. */
  readonly department?: Maybe<Department>;
  /** 机构；整个部门时为空。 / Organisation; null for the department's unit. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 个案管理团队。 / Care team. */
  readonly team?: Maybe<Scalars['String']['output']>;
  /** 所在区划。 / Division. */
  readonly division: Scalars['DivisionCode']['output'];
};

/** 接收方。 / A recipient. */
export type ConsentRecipientInput = {
  /** 部门。 / Department. */
  readonly department?: InputMaybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation?: InputMaybe<Scalars['String']['input']>;
  /** 个案管理团队。 / Care team. */
  readonly team?: InputMaybe<Scalars['String']['input']>;
  /** 所在区划。 / Division. */
  readonly division: Scalars['DivisionCode']['input'];
};

/** 同意的状态。 / How a consent stands. */
export type ConsentStatus =
  /** 等待另一方同意。 / Waits for the other who must agree. */
  | 'PENDING'
  /** 尚未开始。 / Not yet begun. */
  | 'FUTURE'
  /** 有效。 / In force. */
  | 'ACTIVE'
  /** 已到期。 / Over. */
  | 'EXPIRED'
  /** 已撤回。 / Withdrawn. */
  | 'WITHDRAWN';

/** 同意的内容。 / The terms of a consent. */
export type ConsentTermsInput = {
  /** 接收方，至少一个。 / Recipients, at least one. */
  readonly recipients: ReadonlyArray<ConsentRecipientInput>;
  /** 数据类别。 / Categories, like health:visits. */
  readonly categories: ReadonlyArray<Scalars['String']['input']>;
  /** 其中单独同意的敏感类别（第二十九条）；未满十四周岁者的一切类别均为敏感。 / Those of them that are sensitive and agreed to separately (art. 29); of a person under 14 all are. */
  readonly sensitiveCategories?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 目的；换目的须另行同意（第十四条）。 / Purposes; another purpose takes another consent (art. 14). */
  readonly purposes: ReadonlyArray<PurposeOfUse>;
  /** 起始；省略为即刻。 / From; left out = now. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** 终止；省略为至撤回。 / To; left out = until withdrawn. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
  /** 是否包括复发时转回。 / Whether it covers the way back at a relapse. */
  readonly coversWayBack?: InputMaybe<Scalars['Boolean']['input']>;
};

/** 给人看的文本。 / A text for people. */
export type ConsentText = {
  /** 中文。 / Chinese. */
  readonly zh: Scalars['String']['output'];
  /** 英文。 / English. */
  readonly en: Scalars['String']['output'];
};

/** 联系人或联系岗位（HSDS contact）。 / Whom to ask (HSDS contact). */
export type Contact = {
  /** 姓名；未公开时为空。 / Name; null where it is not published. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** 岗位。 / Post. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** 电子邮箱。 / E-mail. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** 电话。 / Telephone numbers. */
  readonly phones: ReadonlyArray<Phone>;
};

/** 联系人。 / A contact. */
export type ContactInput = {
  /** 姓名。 / Name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** 岗位。 / Post. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** 电子邮箱。 / E-mail. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** 电话。 / Telephone numbers. */
  readonly phones?: InputMaybe<ReadonlyArray<PhoneInput>>;
};

/** 费用（HSDS cost_option），元。 / A cost (HSDS cost_option) in yuan. */
export type CostOption = {
  /** 项目。 / What for. */
  readonly option: Scalars['String']['output'];
  /** 金额。 / Amount. */
  readonly amount: Scalars['NonNegativeFloat']['output'];
  /** 说明。 / Description. */
  readonly description: Scalars['String']['output'];
};

/** 费用，元。 / A cost in yuan. */
export type CostOptionInput = {
  /** 项目。 / What for. */
  readonly option: Scalars['String']['input'];
  /** 金额。 / Amount. */
  readonly amount: Scalars['NonNegativeFloat']['input'];
  /** 说明。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

/** 辅导服务的种类。 / Kind of counselling service. */
export type CounsellingKind =
  /** 个别辅导。 / Individual. */
  | 'INDIVIDUAL'
  /** 团体辅导。 / Group. */
  | 'GROUP'
  /** 家庭辅导。 / Family. */
  | 'FAMILY'
  /** 危机干预。 / Crisis intervention. */
  | 'CRISIS'
  /** 其他。 / Other. */
  | 'OTHER';

/** 一次辅导服务的事实。 / The facts of one counselling service. */
export type CounsellingService = {
  /** 种类。 / Kind. */
  readonly kind: CounsellingKind;
  /** 机构（学校心理辅导室）。 / Organisation (the school's counselling room). */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 开始日期。 / Date opened. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 次数。 / Number of sessions. */
  readonly sessions?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 最近一次日期。 / Date of the last session. */
  readonly lastDate?: Maybe<Scalars['PartialDate']['output']>;
};

/** 发起转介。 / Creates a referral. */
export type CreateReferralInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 种类。 / Kind. */
  readonly kind: ReferralKind;
  /** 所转介的人；强制报告另可为您此刻因照护而见的人。与 person 二者择一。 / Whom it is about; of a report also whom you see at this moment on any basis of care. This or person. */
  readonly personId?: InputMaybe<Scalars['ID']['input']>;
  /** 以身份号码与姓名指明的人：强制报告人人可用；没有部门的一方，须以 consentId 指明已有的同意，也可用于 SERVICE、CRISIS、TWO_WAY_UP、HOTLINE_INTAKE 与 MEDIATION_SUPPORT。不带类别；对报告的回答不透露枢纽是否认识此人，其他种类则无此人、姓名不符、同意不符回答相同；与 matchPerson 合并限次。 / Somebody by ID number and name: in a report by anybody; by a party without a department for SERVICE, CRISIS, TWO_WAY_UP, HOTLINE_INTAKE and MEDIATION_SUPPORT too, on an existing consent that consentId names. Without categories. The answer to a report does not tell whether the hub knows them; of the other kinds nobody, another name and a consent that does not fit are answered alike. Rate-limited together with matchPerson. */
  readonly person?: InputMaybe<PersonByNumberInput>;
  /** 由您所代表的哪个机构转出；省略即令牌中的机构。 / Which of the institutions that you act for refers; left out = the token's. */
  readonly requester?: InputMaybe<Scalars['ID']['input']>;
  /** 目标方。 / The target. */
  readonly target: ReferralTargetInput;
  /** 优先级；危机与强制报告总是 CRISIS，绿色通道至少 URGENT。 / Priority; always CRISIS for a crisis or report, at least URGENT for the green channel. */
  readonly priority?: ReferralPriority;
  /** 理由代码。 / Reason code. */
  readonly reasonCode: ReferralReason;
  /** 理由，只有两方可见。 / The reason in words; for the two parties only. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** 要共享的类别，如 education:assessment。 / Categories to share, like education:assessment. */
  readonly categories?: ReadonlyArray<Scalars['String']['input']>;
  /** 依据的同意；省略即由枢纽找覆盖的那一项，但以身份号码指明的人（报告除外）须给出。 / The consent that it stands on; left out = the hub finds one that covers it, save beside an ID number, where it must be given (reports need none). */
  readonly consentId?: InputMaybe<Scalars['ID']['input']>;
  /** 由哪一项转介而来（再转出、绿色通道、报告的其他接收方）。 / The referral that it goes on from (onward, green channel, further recipients of a report). */
  readonly basedOnId?: InputMaybe<Scalars['ID']['input']>;
  /** 强制报告中涉嫌的人：是监护人的，即刻中止其监护；以后登记为监护人的，登记时即为中止。 / Of a mandatory report: persons under suspicion. Guardians among them are suspended at once; who is declared a guardian later begins suspended. */
  readonly suspectIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** 热线来访的记录。 / The hotline contact. */
  readonly intakeId?: InputMaybe<Scalars['ID']['input']>;
  /** 出院康复评估（TWO_WAY_DOWN）。 / Discharge assessment (TWO_WAY_DOWN). */
  readonly dischargeAssessment?: InputMaybe<DischargeAssessmentInput>;
  /** 国家康复转介平台的编号。 / Reference number of the national rehabilitation platform. */
  readonly platformNumber?: InputMaybe<Scalars['String']['input']>;
  /** 附件的引用。 / Attachments by reference. */
  readonly attachments?: InputMaybe<ReadonlyArray<ReferralAttachmentInput>>;
};

/** 复制、更正或删除请求。 / A request for copy, correction or deletion. */
export type DataRequest = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 种类。 / Kind. */
  readonly kind: DataRequestKind;
  /** 向哪个部门；枢纽自身所存时为空。 / To which department; null for what the hub itself holds. */
  readonly department?: Maybe<Department>;
  /** 所涉类别。 / Categories concerned. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** 所涉的人。 / The person concerned. */
  readonly personId: Scalars['ID']['output'];
  /** 答复部门自己的本地编号。 / The answering department's own local ids. */
  readonly localIds: ReadonlyArray<Scalars['String']['output']>;
  /** 请求的说明。 / What is asked, in words. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** 提出时刻。 / When it was made. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** 答复期限。 / When the answer is due. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** 是否逾期。 / Whether it is overdue. */
  readonly overdue: Scalars['Boolean']['output'];
  /** 答复；尚未答复时为空。 / How it was answered; null while it waits. */
  readonly outcome?: Maybe<DataRequestOutcome>;
  /** 答复的说明，如领取方式。 / The answer in words, e.g. where to fetch the copy. */
  readonly answer?: Maybe<Scalars['String']['output']>;
  /** 答复时刻。 / When it was answered. */
  readonly answeredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 请求的一页。 / A page of requests. */
export type DataRequestConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<DataRequestEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项请求。 / An edge. */
export type DataRequestEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 请求。 / The request. */
  readonly node: DataRequest;
};

/** 请求复制、更正或删除。 / Asks for a copy, a correction or deletion. */
export type DataRequestInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 为谁；省略为本人。 / For whom; left out = oneself. */
  readonly personId?: InputMaybe<Scalars['ID']['input']>;
  /** 向哪个部门；省略为枢纽自身所存。 / To which department; left out = what the hub itself holds. */
  readonly department?: InputMaybe<Department>;
  /** 所涉类别；省略为全部。 / Categories concerned; left out = all. */
  readonly categories?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 说明；加密保存。 / In words; kept encrypted. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** 请求的种类。 / Kind of request. */
export type DataRequestKind =
  /** 复制。 / A copy. */
  | 'COPY'
  /** 更正。 / A correction. */
  | 'CORRECTION'
  /** 删除。 / Deletion. */
  | 'DELETION';

/** 答复。 / How it was answered. */
export type DataRequestOutcome =
  /** 已办。 / Done. */
  | 'DONE'
  /** 部分办理。 / Done in part. */
  | 'PARTLY'
  /** 不办，并说明理由。 / Refused, with the reason. */
  | 'REFUSED';

/** 请求的结果。 / Result. */
export type DataRequestPayload = {
  /** 请求；出错时为空。 / The request; null on error. */
  readonly dataRequest?: Maybe<DataRequest>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 登记监护关系。 / Records a guardianship. */
export type DeclareGuardianshipInput = {
  /** 被监护人。 / The ward. */
  readonly personId: Scalars['ID']['input'];
  /** 监护人的枢纽编号。 / The guardian's hub id. */
  readonly guardianId: Scalars['ID']['input'];
  /** 种类。 / Kind. */
  readonly kind: GuardianshipKind;
  /** 未成年人，或不具有完全民事行为能力的成年人。 / A minor, or an adult without full capacity. */
  readonly ward: WardKind;
  /** 证明材料编号（户口簿、判决书等），如 民调字〔2026〕12号：60 个字符以内，含数字，不写叙述。 / Reference of the evidence (household register, judgment …), like 民调字〔2026〕12号: at most 60 characters, with a digit, no prose. */
  readonly evidence: Scalars['String']['input'];
  /** 起始。 / From. */
  readonly from: Scalars['Date']['input'];
  /** 终止。 / To. */
  readonly to?: InputMaybe<Scalars['Date']['input']>;
};

/** 成员部门。 / A member department. */
export type Department =
  /** 教育。 / Education. */
  | 'EDUCATION'
  /** 卫健。 / Health. */
  | 'HEALTH'
  /** 民政。 / Civil affairs. */
  | 'CIVIL_AFFAIRS'
  /** 司法行政。 / Justice. */
  | 'JUSTICE'
  /** 妇联。 / Women's federation. */
  | 'WOMENS_FEDERATION'
  /** 工会。 / Trade union. */
  | 'UNION';

/** 一项诊断（FHIR Condition）。 / One diagnosis (FHIR Condition). */
export type Diagnosis = {
  /** 编码系统。 / Code system. */
  readonly system?: Maybe<Scalars['String']['output']>;
  /** 代码，原样；码表外的代码也保留。 / Code as it stands; codes outside the code set are kept too. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** 名称。 / Display. */
  readonly display: Scalars['String']['output'];
  /** 同一诊断在其他编码系统中的代码。 / The same diagnosis in other code systems. */
  readonly otherCodings: ReadonlyArray<HealthCoding>;
  /** 临床状态；未记录为空，码表外为 OTHER。 / Clinical status; null where not recorded, OTHER outside the code set. */
  readonly clinicalStatus?: Maybe<DiagnosisClinicalStatus>;
  /** 核实状态；未记录为空，码表外为 OTHER。 / Verification status; null where not recorded, OTHER outside the code set. */
  readonly verification?: Maybe<DiagnosisVerification>;
  /** 起病时间，可不完整。 / Onset, may be partial. */
  readonly onset?: Maybe<Scalars['PartialDate']['output']>;
  /** 记录日期。 / Day it was recorded. */
  readonly recorded?: Maybe<Scalars['PartialDate']['output']>;
  /** 医疗机构。 / The institution. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 诊断的临床状态（FHIR condition-clinical）。 / Clinical status of a diagnosis (FHIR condition-clinical). */
export type DiagnosisClinicalStatus =
  /** 活动。 / Active. */
  | 'ACTIVE'
  /** 再发。 / Recurrence. */
  | 'RECURRENCE'
  /** 复发。 / Relapse. */
  | 'RELAPSE'
  /** 不活动。 / Inactive. */
  | 'INACTIVE'
  /** 缓解。 / Remission. */
  | 'REMISSION'
  /** 痊愈。 / Resolved. */
  | 'RESOLVED'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 诊断的核实状态（FHIR condition-ver-status）。 / Verification of a diagnosis (FHIR condition-ver-status). */
export type DiagnosisVerification =
  /** 未确定。 / Unconfirmed. */
  | 'UNCONFIRMED'
  /** 暂定。 / Provisional. */
  | 'PROVISIONAL'
  /** 鉴别中。 / Differential. */
  | 'DIFFERENTIAL'
  /** 已确诊。 / Confirmed. */
  | 'CONFIRMED'
  /** 已排除。 / Refuted. */
  | 'REFUTED'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 三级网络中的层级。 / Level in the network of three. */
export type DirectoryLevel =
  /** 区（县）。 / District. */
  | 'DISTRICT'
  /** 街道（乡镇）。 / Town. */
  | 'TOWN'
  /** 村（社区）。 / Village or community. */
  | 'VILLAGE';

/** 使用者可以改正的错误。 / An error that the user can mend. */
export type DirectoryUserError = {
  /** 代码。 / Code. */
  readonly code: DirectoryUserErrorCode;
  /** 中文与英文说明。 / Explanation in Chinese and English. */
  readonly message: Scalars['String']['output'];
  /** 输入字段的路径。 / Path of the input field. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** 可改正的错误。 / What the user can mend. */
export type DirectoryUserErrorCode =
  /** 输入无效。 / The input is not valid. */
  | 'INVALID'
  /** 不存在。 / Not there. */
  | 'NOT_FOUND'
  /** 由其他部门或辖区维护。 / Kept by another department or another jurisdiction. */
  | 'NOT_YOURS'
  /** 他人已更改；附现有状态与版本。 / Changed by somebody else; the present state and version come along. */
  | 'CONFLICT'
  /** 该幂等键已用于另一内容。 / The idempotency key was used for something else. */
  | 'KEY_REUSED'
  /** 所引用的条目不存在或已撤销。 / The entry referred to is not there or is retired. */
  | 'UNKNOWN_REFERENCE'
  /** 仍有在用的服务、场所或人员。 / Still has services, locations or professionals in use. */
  | 'HAS_ENTRIES'
  /** 种类、部门、区划与上级由办公室或部门确定。 / Kind, department, division and supervisor are for the office or a department to set. */
  | 'KIND_FIXED'
  /** 确认日期早于现有的。 / Assured before the present one. */
  | 'OUTDATED';

/** 提示。 / A warning. */
export type DirectoryWarning = {
  /** 代码。 / Code. */
  readonly code: DirectoryWarningCode;
  /** 中文与英文说明。 / Explanation in Chinese and English. */
  readonly message: Scalars['String']['output'];
  /** 输入字段的路径。 / Path of the input field. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** 值得留意之处，不妨碍写入。 / Worth a look; the change was made. */
export type DirectoryWarningCode =
  /** 统一社会信用代码的校验位不符。 / The check digit of the credit code is wrong. */
  | 'CREDIT_CODE_CHECK_DIGIT'
  /** 资质已过期。 / A qualification has expired. */
  | 'QUALIFICATION_EXPIRED'
  /** 没有上级机构：超时转介只能升级到办公室。 / No supervisor: overdue referrals escalate to the office only. */
  | 'NO_SUPERVISOR';

/** 出院康复评估。 / Discharge assessment. */
export type DischargeAssessment = {
  /** 评估日期。 / Assessed on. */
  readonly assessedOn: Scalars['Date']['output'];
  /** 在医院系统中的编号。 / Reference in the hospital's system. */
  readonly reference?: Maybe<Scalars['String']['output']>;
  /** 摘要，只有两方可见。 / Summary; for the two parties only. */
  readonly summary?: Maybe<Scalars['String']['output']>;
};

/** 出院康复评估。 / Discharge assessment. */
export type DischargeAssessmentInput = {
  /** 评估日期。 / Assessed on. */
  readonly assessedOn: Scalars['Date']['input'];
  /** 在医院系统中的编号。 / Reference in the hospital's system. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  /** 摘要。 / Summary. */
  readonly summary?: InputMaybe<Scalars['String']['input']>;
};

/** 一个班次。 / A shift of duty. */
export type DutyShift = {
  /** 值班人员。 / Who is on duty. */
  readonly professional?: Maybe<Professional>;
  /** 开始。 / From. */
  readonly from: Scalars['DateTime']['output'];
  /** 结束。 / To. */
  readonly to: Scalars['DateTime']['output'];
};

/** 一个班次。 / A shift of duty. */
export type DutyShiftInput = {
  /** 值班人员。 / Who is on duty. */
  readonly professional: Scalars['ID']['input'];
  /** 开始。 / From. */
  readonly from: Scalars['DateTime']['input'];
  /** 结束。 / To. */
  readonly to: Scalars['DateTime']['input'];
};

/** 一次测评，仅等级。 / One assessment, level only. */
export type EducationAssessment = {
  /** 量表。 / Instrument. */
  readonly instrument: Scalars['String']['output'];
  /** 日期。 / Date. */
  readonly date?: Maybe<Scalars['PartialDate']['output']>;
  /** 等级。 / Level. */
  readonly level: EducationAssessmentLevel;
};

/** 学校测评的等级。 / Level of a school's assessment. */
export type EducationAssessmentLevel =
  /** 无需关注。 / No concern. */
  | 'NONE'
  /** 一般关注。 / Mild. */
  | 'MILD'
  /** 重点关注。 / Moderate. */
  | 'MODERATE'
  /** 紧急关注。 / Severe. */
  | 'SEVERE'
  /** 其他或未知。 / Other or unknown. */
  | 'OTHER';

/** 教育部门的部分。 / The education department's facet. */
export type EducationFacet = {
  /** 数据来源。 / Where the data come from. */
  readonly source: FacetSource;
  /**
   * 学籍。 / Enrolment.
   * 需要 / Needs: education:enrolment:read
   */
  readonly enrolment?: Maybe<ReadonlyArray<Enrolment>>;
  /**
   * 心理辅导（仅服务事实，无内容）。 / Counselling (facts of service, no text).
   * 需要 / Needs: education:counselling:read
   */
  readonly counselling?: Maybe<ReadonlyArray<CounsellingService>>;
  /**
   * 测评结果（仅等级）。 / Assessment (level only).
   * 需要 / Needs: education:assessment:read
   */
  readonly assessment?: Maybe<ReadonlyArray<EducationAssessment>>;
  /**
   * 欺凌与辍学保护。 / Protection from bullying and drop-out.
   * 需要 / Needs: education:protection:read
   */
  readonly protection?: Maybe<ReadonlyArray<ProtectionCase>>;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为所列最早一条的日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
};

/** 老年人能力等级（GB/T 42195-2022）。 / Ability levels of elderly people after GB/T 42195-2022. */
export type ElderlyAbilityLevel =
  /** 能力完好。 / Intact. */
  | 'INTACT'
  /** 轻度失能。 / Mildly impaired. */
  | 'MILD'
  /** 中度失能。 / Moderately impaired. */
  | 'MODERATE'
  /** 重度失能。 / Severely impaired. */
  | 'SEVERE'
  /** 完全失能。 / Completely impaired. */
  | 'COMPLETE'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 一项养老关爱服务。 / One care service for an elderly person. */
export type ElderlyCare = {
  /** 老年人能力等级（GB/T 42195-2022）；未评估为空。 / Ability level after GB/T 42195-2022; null where not assessed. */
  readonly abilityLevel?: Maybe<ElderlyAbilityLevel>;
  /** 能力等级原始代码。 / The department's own code of the level. */
  readonly abilityLevelCode?: Maybe<Scalars['String']['output']>;
  /** 评估日期。 / Day of the assessment. */
  readonly assessedOn?: Maybe<Scalars['PartialDate']['output']>;
  /** 服务种类；代码不在码表内时为 OTHER。 / Service; OTHER when the department's code is outside the code set. */
  readonly service: ElderlyCareService;
  /** 民政系统中的服务代码，原样。 / The department's own code of the service, as it stands there. */
  readonly serviceCode: Scalars['String']['output'];
  /** 民政系统中的服务名称。 / The department's own words for the service. */
  readonly serviceDisplay?: Maybe<Scalars['String']['output']>;
  /** 服务机构。 / The organisation that serves. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 起始日期。 / First day. */
  readonly from: Scalars['PartialDate']['output'];
  /** 终止日期；仍在服务时为空。 / Last day; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
};

/** 养老服务种类。 / Services for elderly people. */
export type ElderlyCareService =
  /** 居家探访关爱。 / Regular visits at home. */
  | 'HOME_VISIT'
  /** 居家照护。 / Care at home. */
  | 'HOME_CARE'
  /** 日间照料。 / Day care. */
  | 'DAY_CARE'
  /** 助餐。 / Meals. */
  | 'MEALS'
  /** 机构养老。 / Care in an institution. */
  | 'INSTITUTIONAL_CARE'
  /** 其他或码表外代码。 / Another service, or a code outside the code set. */
  | 'OTHER';

/** 服务对象的条件。 / Who may use a service. */
export type Eligibility = {
  /** 最小周岁，含。 / Least age in completed years, inclusive. */
  readonly minimumAge?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 最大周岁，含。 / Greatest age, inclusive. */
  readonly maximumAge?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 生命周期阶段；空为不限。 / Life stages; none = all. */
  readonly lifeStages: ReadonlyArray<LifeStage>;
  /** 对象。 / Audiences. */
  readonly audiences: ReadonlyArray<Audience>;
  /** 说明。 / Description. */
  readonly description: Scalars['String']['output'];
};

/** 服务对象的条件。 / Who may use a service. */
export type EligibilityInput = {
  /** 最小周岁，含。 / Least age, inclusive. */
  readonly minimumAge?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 最大周岁，含。 / Greatest age, inclusive. */
  readonly maximumAge?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 生命周期阶段。 / Life stages. */
  readonly lifeStages?: InputMaybe<ReadonlyArray<LifeStage>>;
  /** 对象。 / Audiences. */
  readonly audiences?: InputMaybe<ReadonlyArray<Audience>>;
  /** 说明。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

/** 可转介的下一个服务及其理由。 / A service to try next, and why it stands where it does. */
export type EligibleService = {
  /** 服务。 / The service. */
  readonly service: Service;
  /** 远近。 / How near. */
  readonly reach: ServiceReach;
  /** 容量；从不为 FULL。 / Capacity; never FULL. */
  readonly capacity?: Maybe<CapacityState>;
  /** 容量的确认日期。 / When the capacity was assured. */
  readonly assuredDate?: Maybe<Scalars['Date']['output']>;
  /** 所满足的需要。 / Which of the needs it serves. */
  readonly needs: ReadonlyArray<ServiceNeed>;
};

/** 一次紧急查阅。 / An emergency access. */
export type EmergencyAccess = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 起始。 / From. */
  readonly from: Scalars['DateTime']['output'];
  /** 终止（三小时）。 / To (three hours). */
  readonly to: Scalars['DateTime']['output'];
};

/** 紧急查阅的结果。 / Result. */
export type EmergencyAccessPayload = {
  /** 紧急查阅；出错时为空。 / The emergency access; null on error. */
  readonly emergencyAccess?: Maybe<EmergencyAccess>;
  /** 可见的人。 / The person as now visible. */
  readonly person?: Maybe<Person>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 一个部门紧急查阅的次数。 / How often a department used emergency access. */
export type EmergencyFigure = {
  /** 部门；非部门机构时为空。 / Department; null for an organisation outside the departments. */
  readonly department?: Maybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 次数。 / How often. */
  readonly accesses: Scalars['NonNegativeInt']['output'];
  /** 其中认定正当。 / Of these found justified. */
  readonly justified: Scalars['NonNegativeInt']['output'];
  /** 其中认定不正当。 / Of these found not justified. */
  readonly notJustified: Scalars['NonNegativeInt']['output'];
  /** 其中待复核。 / Of these waiting for review. */
  readonly open: Scalars['NonNegativeInt']['output'];
};

/** 等待复核的紧急查阅。 / An emergency access that waits for review. */
export type EmergencyReview = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 所涉的人。 / The person concerned. */
  readonly personId: Scalars['ID']['output'];
  /** 谁用了。 / Who used it. */
  readonly subject: Scalars['String']['output'];
  /** 客户端。 / Client. */
  readonly client: Scalars['String']['output'];
  /** 部门。 / Department. */
  readonly department?: Maybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 理由；已销毁时为空。 / Reason; null where it was destroyed. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** 起始。 / From. */
  readonly from: Scalars['DateTime']['output'];
  /** 终止。 / To. */
  readonly to: Scalars['DateTime']['output'];
  /** 复核到期。 / When the review is due. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** 是否逾期。 / Whether it is overdue. */
  readonly overdue: Scalars['Boolean']['output'];
};

/** 复核队列的一页。 / A page of the review queue. */
export type EmergencyReviewConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<EmergencyReviewEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 复核队列的一项。 / An edge. */
export type EmergencyReviewEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 紧急查阅。 / The emergency access. */
  readonly node: EmergencyReview;
};

/** 复核结论。 / Verdict of a review. */
export type EmergencyVerdict =
  /** 正当。 / Justified. */
  | 'JUSTIFIED'
  /** 不正当，须写明后续处理。 / Not justified; a follow-up must be given. */
  | 'NOT_JUSTIFIED';

/** 一项职工心理援助（仅服务事实）。 / One employee-assistance service (facts of service only). */
export type EmployeeAssistance = {
  /** 项目。 / Programme. */
  readonly programme: Scalars['String']['output'];
  /** 提供机构。 / Provider. */
  readonly provider?: Maybe<Scalars['String']['output']>;
  /** 开始日期。 / Date opened. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 次数。 / Number of sessions. */
  readonly sessions?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 最近一次日期。 / Date of the last session. */
  readonly lastDate?: Maybe<Scalars['PartialDate']['output']>;
};

/** 结束监护关系。 / Ends a guardianship. */
export type EndGuardianshipInput = {
  /** 被监护人。 / The ward. */
  readonly personId: Scalars['ID']['input'];
  /** 监护人的枢纽编号。 / The guardian's hub id. */
  readonly guardianId: Scalars['ID']['input'];
  /** 最后一日。 / Its last day. */
  readonly to: Scalars['Date']['input'];
  /** 证明材料编号：60 个字符以内，含数字，不写叙述。 / Reference of the evidence, at most 60 characters, with a digit, no prose. */
  readonly evidence: Scalars['String']['input'];
};

/** 一段学籍。 / One enrolment. */
export type Enrolment = {
  /** 学校。 / School. */
  readonly school: Scalars['String']['output'];
  /** 年级。 / Grade. */
  readonly grade?: Maybe<Scalars['String']['output']>;
  /** 班级。 / Class. */
  readonly class?: Maybe<Scalars['String']['output']>;
  /** 状态。 / Status. */
  readonly status: EnrolmentStatus;
  /** 入学日期。 / From. */
  readonly from?: Maybe<Scalars['PartialDate']['output']>;
  /** 离校日期。 / To. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
};

/** 学籍状态。 / Status of an enrolment. */
export type EnrolmentStatus =
  /** 在读。 / Enrolled. */
  | 'ENROLLED'
  /** 休学。 / Suspended by the pupil's leave. */
  | 'ON_LEAVE'
  /** 转出。 / Transferred out. */
  | 'TRANSFERRED'
  /** 毕业。 / Graduated. */
  | 'GRADUATED'
  /** 辍学。 / Dropped out. */
  | 'DROPPED_OUT'
  /** 其他或未知。 / Other or unknown. */
  | 'OTHER';

/** 向社会公开的评价结果。 / A published evaluation. */
export type Evaluation = {
  /** 日期。 / Date. */
  readonly date: Scalars['Date']['output'];
  /** 由谁评价。 / By whom. */
  readonly by: Scalars['String']['output'];
  /** 结果。 / Result. */
  readonly result: Scalars['String']['output'];
  /** 公开的网址。 / Where it is published. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** 公开的评价结果。 / A published evaluation. */
export type EvaluationInput = {
  /** 日期。 / Date. */
  readonly date: Scalars['Date']['input'];
  /** 由谁评价。 / By whom. */
  readonly by: Scalars['String']['input'];
  /** 结果。 / Result. */
  readonly result: Scalars['String']['input'];
  /** 网址。 / Where it is published. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** 数据来自哪个部门、截至何时、状态如何。 / Which department the data come from, as of when, and how they stand. */
export type FacetSource = {
  /** 部门。 / The department. */
  readonly department: Department;
  /** 数据截至时刻；无记录时为空。 / When the data were as shown; null where there is no record. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** 状态。 / Status. */
  readonly status: SourceStatus;
};

/** 一次婚姻家庭辅导（服务事实）。 / One course of marriage and family guidance: facts of service. */
export type FamilyGuidance = {
  /** 辅导种类；代码不在码表内时为 OTHER。 / Kind; OTHER when the department's code is outside the code set. */
  readonly kind: FamilyGuidanceKind;
  /** 民政系统中的种类代码，原样。 / The department's own code of the kind, as it stands there. */
  readonly kindCode: Scalars['String']['output'];
  /** 民政系统中的种类名称。 / The department's own words for the kind. */
  readonly kindDisplay?: Maybe<Scalars['String']['output']>;
  /** 开始日期。 / Day it was opened. */
  readonly opened: Scalars['PartialDate']['output'];
  /** 最近一次日期。 / Day of the latest session. */
  readonly lastOn?: Maybe<Scalars['PartialDate']['output']>;
  /** 次数。 / Sessions so far. */
  readonly sessions?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 状态。 / Status. */
  readonly status?: Maybe<FamilyGuidanceStatus>;
  /** 辅导机构。 / The organisation that gives it. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 婚姻家庭辅导种类。 / Kinds of marriage and family guidance. */
export type FamilyGuidanceKind =
  /** 婚前辅导。 / Before marriage. */
  | 'PREMARITAL'
  /** 婚姻关系调适。 / Of the relationship in marriage. */
  | 'MARITAL'
  /** 离婚冷静期辅导。 / In the cooling-off period before a divorce. */
  | 'DIVORCE_COOLING_OFF'
  /** 亲子与家庭关系。 / Of parents and children. */
  | 'PARENT_AND_CHILD'
  /** 其他或码表外代码。 / Another kind, or a code outside the code set. */
  | 'OTHER';

/** 婚姻家庭辅导状态。 / Status of a course of guidance. */
export type FamilyGuidanceStatus =
  /** 进行中。 / Going on. */
  | 'ACTIVE'
  /** 已结束。 / Finished. */
  | 'FINISHED'
  /** 中止。 / Broken off. */
  | 'STOPPED';

/** 一项家庭关爱服务。 / One service of family support. */
export type FamilySupport = {
  /** 服务类型；不在码表内时为 OTHER。 / Kind; OTHER when the department's word is outside the code set. */
  readonly kind: FamilySupportKind;
  /** 妇联登记的类型，原样。 / The kind in the department's own word. */
  readonly kindText: Scalars['String']['output'];
  /** 开始日期。 / First day. */
  readonly from: Scalars['Date']['output'];
  /** 结束日期；仍在进行时为空。 / Last day; null while it goes on. */
  readonly to?: Maybe<Scalars['Date']['output']>;
  /** 服务次数。 / Number of contacts so far. */
  readonly sessions?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 服务状态。 / Status of the service. */
  readonly status?: Maybe<FamilySupportStatus>;
  /** 承办单位，如妇女之家。 / The office that serves, such as a women's home. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 家庭关爱服务类型。 / Kinds of family support. */
export type FamilySupportKind =
  /** 家庭教育指导。 / Guidance on parenting. */
  | 'PARENTING_GUIDANCE'
  /** 婚恋家庭辅导。 / Marriage and family counselling. */
  | 'MARRIAGE_COUNSELLING'
  /** 走访关爱。 / Home visits. */
  | 'HOME_VISIT'
  /** 困境妇女帮扶。 / Help for women in hardship. */
  | 'HARDSHIP_AID'
  /** 留守妇女儿童关爱。 / Care for women and children left behind. */
  | 'LEFT_BEHIND_CARE'
  /** 其他或码表外的类型。 / Another kind, or a word outside the code set. */
  | 'OTHER';

/** 家庭关爱服务状态。 / Status of family support. */
export type FamilySupportStatus =
  /** 进行中。 / Under way. */
  | 'ACTIVE'
  /** 已完成。 / Finished as planned. */
  | 'COMPLETED'
  /** 已中止。 / Stopped early. */
  | 'STOPPED';

/** 由哪一方完成。 / Whose task it is. */
export type FollowUpRole =
  /** 转出方。 / Requester. */
  | 'REQUESTER'
  /** 目标方。 / Target. */
  | 'TARGET';

/** 给出或登记一项同意。 / Gives or records a consent. */
export type GiveConsentInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 为谁。 / For whom. */
  readonly personId: Scalars['ID']['input'];
  /** 内容。 / Terms. */
  readonly terms: ConsentTermsInput;
  /** 所示文本的语言（BCP 47）。 / Language of the text shown (BCP 47). */
  readonly language: Scalars['String']['input'];
  /** 由部门登记时：书面上同意的各方；以自己的令牌同意时省略。 / Recorded by a department: who agreed on paper; left out by one's own token. */
  readonly agreements?: InputMaybe<ReadonlyArray<AgreementInput>>;
};

/** 监护关系。 / A guardianship. */
export type Guardianship = {
  /** 监护人的枢纽编号。 / Hub id of the guardian. */
  readonly guardianId: Scalars['ID']['output'];
  /** 种类。 / Kind. */
  readonly kind: GuardianshipKind;
  /** 起始。 / From. */
  readonly from: Scalars['Date']['output'];
  /** 终止；仍有效时为空。 / To; null while it lasts. */
  readonly to?: Maybe<Scalars['Date']['output']>;
  /** 是否中止（监护人为报告对象时）。 / Suspended (where the guardian is the suspect of a report). */
  readonly suspended: Scalars['Boolean']['output'];
};

/** 监护关系的种类。 / Kind of guardianship. */
export type GuardianshipKind =
  /** 父母。 / Parent. */
  | 'PARENT'
  /** 其他近亲属。 / Other relative. */
  | 'RELATIVE'
  /** 指定监护人。 / Appointed guardian. */
  | 'APPOINTED'
  /** 机构。 / Institution. */
  | 'INSTITUTION';

/** 监护关系的结果。 / Result. */
export type GuardianshipPayload = {
  /** 监护关系；出错时为空。 / The guardianship; null on error. */
  readonly guardianship?: Maybe<Guardianship>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 一项困难帮扶。 / One hardship aid. */
export type HardshipAid = {
  /** 种类。 / Kind. */
  readonly kind: HardshipAidKind;
  /** 工会系统中的代码。 / The union's own code. */
  readonly kindCode?: Maybe<Scalars['String']['output']>;
  /** 工会系统中的名称。 / The union's own name of it. */
  readonly kindDisplay?: Maybe<Scalars['String']['output']>;
  /** 金额（人民币元）。 / Amount in CNY. */
  readonly amountCny?: Maybe<Scalars['NonNegativeFloat']['output']>;
  /** 日期。 / Date. */
  readonly date?: Maybe<Scalars['PartialDate']['output']>;
  /** 帮扶工会。 / The union that gave it. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 帮扶的种类。 / Kind of hardship aid. */
export type HardshipAidKind =
  /** 生活救助。 / Living allowance. */
  | 'LIVING'
  /** 医疗救助。 / Medical aid. */
  | 'MEDICAL'
  /** 助学。 / Aid for schooling. */
  | 'SCHOOLING'
  /** 再就业。 / Aid for re-employment. */
  | 'EMPLOYMENT'
  /** 其他。 / Other. */
  | 'OTHER';

/** 一次测评（FHIR Observation），只有等级。 / One assessment (FHIR Observation), the level only. */
export type HealthAssessment = {
  /** 量表名称。 / Name of the instrument. */
  readonly instrument: Scalars['String']['output'];
  /** 量表代码。 / Code of the instrument. */
  readonly instrumentCode?: Maybe<Scalars['String']['output']>;
  /** 量表代码的编码系统。 / Code system of the instrument's code. */
  readonly instrumentSystem?: Maybe<Scalars['String']['output']>;
  /** 测评日期。 / Day of the assessment. */
  readonly date: Scalars['PartialDate']['output'];
  /** 等级；未给出为空，码表外为 OTHER。 / Level; null where none was given, OTHER outside the code set. */
  readonly level?: Maybe<HealthAssessmentLevel>;
  /** 测评机构。 / The institution that assessed. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 测评等级。 / Levels of an assessment. */
export type HealthAssessmentLevel =
  /** 无明显问题。 / Nothing notable. */
  | 'NONE'
  /** 轻度。 / Mild. */
  | 'MILD'
  /** 中度。 / Moderate. */
  | 'MODERATE'
  /** 重度。 / Severe. */
  | 'SEVERE'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 一个代码及其编码系统。 / One code with its code system. */
export type HealthCoding = {
  /** 编码系统。 / Code system. */
  readonly system?: Maybe<Scalars['String']['output']>;
  /** 代码。 / Code. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** 名称。 / Display. */
  readonly display?: Maybe<Scalars['String']['output']>;
};

/** 卫生健康部门记录：就诊、诊断、测评等级、随访管理、用药、社区康复。 / What health holds: visits, diagnoses, assessment levels, follow-up, medication, community rehabilitation. */
export type HealthFacet = {
  /** 数据来源、时点与状态。 / Where the data come from, as of when, and their status. */
  readonly source: FacetSource;
  /**
   * 就诊。 / Visits.
   * 需要 / Needs: health:visits:read
   */
  readonly visits?: Maybe<ReadonlyArray<Visit>>;
  /**
   * 诊断。 / Diagnoses.
   * 需要 / Needs: health:diagnoses:read
   */
  readonly diagnoses?: Maybe<ReadonlyArray<Diagnosis>>;
  /**
   * 测评，只有等级，没有分数。 / Assessments: the level only, no scores.
   * 需要 / Needs: health:assessment:read
   */
  readonly assessment?: Maybe<ReadonlyArray<HealthAssessment>>;
  /**
   * 随访管理。 / Follow-up.
   * 需要 / Needs: health:follow-up:read
   */
  readonly followUp?: Maybe<ReadonlyArray<HealthFollowUp>>;
  /**
   * 用药。 / Medication.
   * 需要 / Needs: health:medication:read
   */
  readonly medication?: Maybe<ReadonlyArray<HealthMedication>>;
  /**
   * 社区康复。 / Community rehabilitation.
   * 需要 / Needs: health:rehabilitation:read
   */
  readonly rehabilitation?: Maybe<ReadonlyArray<Rehabilitation>>;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为其界限日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
};

/** 一项随访管理（FHIR CarePlan）。 / One follow-up plan (FHIR CarePlan). */
export type HealthFollowUp = {
  /** 管理计划。 / The plan. */
  readonly plan: Scalars['String']['output'];
  /** 状态；未记录为空，码表外为 OTHER。 / Status; null where not recorded, OTHER outside the code set. */
  readonly status?: Maybe<HealthFollowUpStatus>;
  /** 随访间隔（ISO 8601 时长，如 P1M、P2W）。 / Interval as an ISO 8601 duration, like P1M or P2W. */
  readonly interval?: Maybe<Scalars['String']['output']>;
  /** 计划开始日期。 / First day of the plan. */
  readonly from?: Maybe<Scalars['PartialDate']['output']>;
  /** 计划结束日期；进行中为空。 / Last day of the plan; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
  /** 最近一次随访。 / The latest follow-up. */
  readonly last?: Maybe<Scalars['PartialDate']['output']>;
  /** 下次应随访日期。 / When the next one is due. */
  readonly nextDue?: Maybe<Scalars['PartialDate']['output']>;
  /** 负责随访的工作人员。 / The worker who follows up. */
  readonly worker?: Maybe<Scalars['String']['output']>;
  /** 随访机构。 / The institution that follows up. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 随访管理的状态（FHIR request-status）。 / Status of a follow-up plan (FHIR request-status). */
export type HealthFollowUpStatus =
  /** 进行中。 / Going on. */
  | 'ACTIVE'
  /** 暂停。 / On hold. */
  | 'ON_HOLD'
  /** 已结束。 / Completed. */
  | 'COMPLETED'
  /** 已撤销。 / Revoked. */
  | 'REVOKED'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 一项用药（FHIR MedicationRequest）。 / One medication (FHIR MedicationRequest). */
export type HealthMedication = {
  /** 药品名称；所引用的药品记录缺失时为空。 / Name of the drug; null where the drug's record is missing. */
  readonly display?: Maybe<Scalars['String']['output']>;
  /** 药品代码。 / Code of the drug. */
  readonly code?: Maybe<Scalars['String']['output']>;
  /** 药品代码的编码系统。 / Code system of the drug's code. */
  readonly system?: Maybe<Scalars['String']['output']>;
  /** 用法用量。 / Dosage. */
  readonly dosage?: Maybe<Scalars['String']['output']>;
  /** 状态；未记录为空，码表外为 OTHER。 / Status; null where not recorded, OTHER outside the code set. */
  readonly status?: Maybe<HealthMedicationStatus>;
  /** 开具日期。 / Day it was prescribed. */
  readonly date: Scalars['PartialDate']['output'];
  /** 处方有效期止。 / Last day the prescription holds. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
  /** 开具机构。 / The institution that prescribed. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 用药状态（FHIR medicationrequest-status）。 / Status of a medication (FHIR medicationrequest-status). */
export type HealthMedicationStatus =
  /** 进行中。 / Going on. */
  | 'ACTIVE'
  /** 暂停。 / On hold. */
  | 'ON_HOLD'
  /** 已完成。 / Completed. */
  | 'COMPLETED'
  /** 已停用或取消。 / Stopped or cancelled. */
  | 'STOPPED'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 一次 12338 热线来电。 / One contact of the 12338 hotline. */
export type HotlineContact = {
  /** 来电日期。 / Day of the contact. */
  readonly date: Scalars['Date']['output'];
  /** 诉求类别；不在码表内时为 OTHER。 / Topic; OTHER when the department's word is outside the code set. */
  readonly topic: HotlineTopic;
  /** 妇联登记的类别，原样。 / The topic in the department's own word. */
  readonly topicText: Scalars['String']['output'];
  /** 处理方式；不在码表内时为空。 / What was done; null when the department's word is outside the code set. */
  readonly disposition?: Maybe<HotlineDisposition>;
};

/** 热线处理方式。 / What was done with a contact. */
export type HotlineDisposition =
  /** 当场解答。 / Answered at once. */
  | 'ANSWERED'
  /** 立案受理。 / A case was opened. */
  | 'CASE_OPENED'
  /** 转办其他部门。 / Passed on to another department. */
  | 'TRANSFERRED'
  /** 预约面询。 / A meeting was arranged. */
  | 'APPOINTMENT_MADE'
  /** 紧急联动（110、120）。 / Emergency services were called. */
  | 'EMERGENCY_CALLED';

/** 热线诉求类别。 / Topics of the hotline. */
export type HotlineTopic =
  /** 家庭暴力。 / Domestic violence. */
  | 'DOMESTIC_VIOLENCE'
  /** 婚姻家庭。 / Marriage and family. */
  | 'MARRIAGE_AND_FAMILY'
  /** 子女教育。 / Bringing up children. */
  | 'PARENTING'
  /** 法律咨询。 / A question of law. */
  | 'LEGAL_ADVICE'
  /** 心理疏导。 / Psychological support. */
  | 'PSYCHOLOGICAL_SUPPORT'
  /** 就业创业。 / Work and business. */
  | 'EMPLOYMENT'
  /** 其他或码表外的类别。 / Another topic, or a word outside the code set. */
  | 'OTHER';

/** 来访的记录。 / A contact. */
export type Intake = {
  /** 编号；转介时给出。 / Id, to be named by the referral. */
  readonly id: Scalars['ID']['output'];
  /** 渠道。 / Channel. */
  readonly channel: IntakeChannel;
  /** 理由代码。 / Reason code. */
  readonly reasonCode: ReferralReason;
  /** 来访者所在区划，若知。 / Division of the contact, if known. */
  readonly division?: Maybe<Scalars['DivisionCode']['output']>;
  /** 时刻。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 由此而来的转介；不是其一方即为空。 / The referral that came of it; null for whoever is not a party. */
  readonly referral?: Maybe<Referral>;
  /** 是否已成为转介。 / Whether it has become a referral. */
  readonly referred: Scalars['Boolean']['output'];
};

/** 热线号码或窗口。 / Hotline or front desk. */
export type IntakeChannel =
  /** 12356 心理援助热线。 / 12356, psychological support. */
  | 'HOTLINE_12356'
  /** 12320 卫生热线。 / 12320, health. */
  | 'HOTLINE_12320'
  /** 12338 妇联热线。 / 12338, women's federation. */
  | 'HOTLINE_12338'
  /** 12355 青少年热线。 / 12355, youth. */
  | 'HOTLINE_12355'
  /** 12351 职工热线。 / 12351, workers. */
  | 'HOTLINE_12351'
  /** 窗口。 / A front desk. */
  | 'FRONT_DESK';

/** 来访记录的一页。 / A page of contacts. */
export type IntakeConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<IntakeEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type IntakeEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 来访的记录。 / The contact. */
  readonly node: Intake;
};

/** 加入团队。 / Joins the care team. */
export type JoinCareTeamInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 工作人员（其令牌的 sub）；省略即您自己。 / The worker (the token's sub); left out = yourself. */
  readonly worker?: InputMaybe<Scalars['ID']['input']>;
  /** 角色。 / Role. */
  readonly role: Scalars['String']['input'];
  /** 可见的类别，须在转介所列之内。 / Categories, within those of the referral. */
  readonly categories: ReadonlyArray<Scalars['String']['input']>;
  /** 是否牵头；已有人牵头的，不牵头。 / Whether the worker leads; not while somebody else does. */
  readonly lead?: Scalars['Boolean']['input'];
};

/** 司法行政记录：法律援助、人民调解、安置帮教。 / What justice administration holds: legal aid, people's mediation, reintegration. */
export type JusticeFacet = {
  /** 数据来源、时点与状态。 / Where the data come from, as of when, and their status. */
  readonly source: FacetSource;
  /**
   * 法律援助（无案情）。 / Legal aid, without the facts of the case.
   * 需要 / Needs: justice:legal-aid:read
   */
  readonly legalAid?: Maybe<ReadonlyArray<LegalAid>>;
  /**
   * 人民调解（无谈话内容）。 / People's mediation, without what was said.
   * 需要 / Needs: justice:mediation:read
   */
  readonly mediation?: Maybe<ReadonlyArray<Mediation>>;
  /**
   * 安置帮教；未成年人犯罪记录封存，只对司法行政部门可见。 / Reintegration; sealed juvenile records show to the justice department alone.
   * 需要 / Needs: justice:reintegration:read
   */
  readonly reintegration?: Maybe<ReadonlyArray<Reintegration>>;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为其界限日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
};

/** 退出团队。 / Leaves the care team. */
export type LeaveCareTeamInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 工作人员（其令牌的 sub）；省略即您自己。 / The worker (the token's sub); left out = yourself. */
  readonly worker?: InputMaybe<Scalars['ID']['input']>;
};

/** 一件法律援助。 / One case of legal aid. */
export type LegalAid = {
  /** 援助形式；代码不在码表内时为 OTHER。 / Form of the aid; OTHER when the department's code is outside the code set. */
  readonly kind: LegalAidKind;
  /** 司法系统中的形式代码，原样；未登记为空。 / The department's own code of the form; null where none is recorded. */
  readonly kindCode?: Maybe<Scalars['String']['output']>;
  /** 司法系统中的形式名称。 / The department's own words for the form. */
  readonly kindDisplay?: Maybe<Scalars['String']['output']>;
  /** 办理阶段；代码不在码表内时为 OTHER。 / Stage; OTHER when the department's code is outside the code set. */
  readonly stage: LegalAidStage;
  /** 司法系统中的阶段代码，原样；未登记为空。 / The department's own code of the stage; null where none is recorded. */
  readonly stageCode?: Maybe<Scalars['String']['output']>;
  /** 申请日期；登记不可读时为空。 / Day of application; null where it was not legibly recorded. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 决定日期。 / Day of the decision to grant or refuse. */
  readonly decidedOn?: Maybe<Scalars['PartialDate']['output']>;
  /** 结案日期；未结案为空。 / Day the case was closed; null while it is open. */
  readonly closed?: Maybe<Scalars['PartialDate']['output']>;
  /** 法律援助机构。 / The legal-aid office. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 法律援助形式（法律援助法第二十二条）。 / Forms of legal aid (Legal Aid Law, art. 22). */
export type LegalAidKind =
  /** 法律咨询。 / Legal advice. */
  | 'ADVICE'
  /** 代拟法律文书。 / Drafting of legal documents. */
  | 'DRAFTING'
  /** 刑事辩护与代理。 / Criminal defence and representation. */
  | 'CRIMINAL'
  /** 民事、行政、国家赔偿案件代理。 / Representation in civil, administrative and state-compensation cases. */
  | 'CIVIL'
  /** 值班律师法律帮助。 / Help by a duty lawyer. */
  | 'DUTY_LAWYER'
  /** 劳动争议调解与仲裁代理。 / Representation in labour mediation and arbitration. */
  | 'LABOUR'
  /** 其他或码表外代码。 / Another form, or a code outside the code set. */
  | 'OTHER';

/** 法律援助办理阶段。 / Stages of legal aid. */
export type LegalAidStage =
  /** 已申请。 / Applied for. */
  | 'APPLIED'
  /** 已决定给予援助。 / Granted. */
  | 'GRANTED'
  /** 不予援助。 / Refused. */
  | 'REFUSED'
  /** 已指派，办理中。 / Assigned to a lawyer, in progress. */
  | 'IN_PROGRESS'
  /** 已结案。 / Closed. */
  | 'CLOSED'
  /** 终止援助。 / Terminated. */
  | 'TERMINATED'
  /** 码表外代码或未登记。 / A code outside the code set, or none recorded. */
  | 'OTHER';

/** 生命周期阶段（生命全周期）。 / Life stage. */
export type LifeStage =
  /** 婚前。 / Before marriage. */
  | 'PREMARITAL'
  /** 婚后。 / Married. */
  | 'MARRIED'
  /** 孕期。 / Prenatal. */
  | 'PRENATAL'
  /** 产后。 / Postnatal. */
  | 'POSTNATAL'
  /** 婴幼儿。 / Infancy. */
  | 'INFANCY'
  /** 学生。 / Pupil or student. */
  | 'STUDENT'
  /** 成年。 / Adult. */
  | 'ADULT'
  /** 老年。 / Later life. */
  | 'LATER_LIFE';

/** 等待人工裁定的关联冲突。 / A link conflict that waits for a human decision. */
export type LinkConflict = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 种类。 / Kind. */
  readonly kind: LinkConflictKind;
  /** 本地编号。 / Local id. */
  readonly localId: Scalars['String']['output'];
  /** 所涉的人；因姓名、性别或出生日期不符而起的，只列本部门已有关联的人。 / Persons concerned; of a conflict about name, sex or birth date only those whom the department keeps already. */
  readonly personIds: ReadonlyArray<Scalars['ID']['output']>;
  /** 发现时刻。 / When it was found. */
  readonly foundAt: Scalars['DateTime']['output'];
};

/** 冲突的一页。 / A page of conflicts. */
export type LinkConflictConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<LinkConflictEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项冲突。 / An edge. */
export type LinkConflictEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 冲突。 / The conflict. */
  readonly node: LinkConflict;
};

/** 关联冲突的种类。 / Kind of conflict. */
export type LinkConflictKind =
  /** 一个本地编号属于两个人。 / One local id claimed by two persons. */
  | 'LOCAL_ID_OF_TWO_PERSONS'
  /** 一个人有两种性别。 / One person with two sexes. */
  | 'SEX'
  /** 一个人有两个出生日期。 / One person with two birth dates. */
  | 'BIRTH_DATE'
  /** 一个人有两个姓名。 / One person with two names. */
  | 'NAME';

/** 关联的依据。 / Evidence of a link. */
export type LinkEvidence =
  /** 身份号码。 / ID number. */
  | 'ID_NUMBER'
  /** 人工核对。 / Checked by hand. */
  | 'MANUAL'
  /** 监护人声明。 / Declared by the guardian. */
  | 'GUARDIAN_DECLARED';

/** 关联一个本地编号。 / Links a local id. */
export type LinkPersonInput = {
  /** 枢纽编号。 / Hub id. */
  readonly personId: Scalars['ID']['input'];
  /** 本部门的本地编号。 / A local id of the caller's department. */
  readonly localId: Scalars['String']['input'];
  /** 依据。 / Evidence. */
  readonly evidence: LinkEvidence;
};

/** 关联或撤销的结果。 / Result of linking or undoing. */
export type LinkPersonPayload = {
  /** 所涉的人；出错时为空。 / The person; null on error. */
  readonly person?: Maybe<Person>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 一个部门的本地编号。 / A department's local identifier. */
export type LocalIdentifier = {
  /** 部门。 / Department. */
  readonly department: Department;
  /** 本地编号。 / Local id. */
  readonly localId: Scalars['String']['output'];
  /** 关联的依据。 / Evidence of the link. */
  readonly evidence: LinkEvidence;
  /** 关联时刻。 / When it was linked. */
  readonly linkedAt: Scalars['DateTime']['output'];
};

/** 场所（HSDS location）：站、室、门诊。 / A location (HSDS location): a station, room or clinic. */
export type Location = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 所属机构。 / Whose it is. */
  readonly organisation: Organisation;
  /** 名称。 / Name. */
  readonly name: Scalars['String']['output'];
  /** 种类。 / Kind. */
  readonly kind: LocationKind;
  /** 三级网络中的层级，由区划得出。 / Level in the network, from its division. */
  readonly level: DirectoryLevel;
  /** 区划。 / Division. */
  readonly division: Scalars['DivisionCode']['output'];
  /** 地址。 / Address. */
  readonly address?: Maybe<Scalars['String']['output']>;
  /** 纬度。 / Latitude. */
  readonly latitude?: Maybe<Scalars['Float']['output']>;
  /** 经度。 / Longitude. */
  readonly longitude?: Maybe<Scalars['Float']['output']>;
  /** 无障碍设施。 / Accessibility. */
  readonly accessibility: Scalars['String']['output'];
  /** 交通。 / How to get there. */
  readonly transportation: Scalars['String']['output'];
  /** 电话。 / Telephone numbers. */
  readonly phones: ReadonlyArray<Phone>;
  /** 版本，用作 expectedVersion。 / Version, to be given as expectedVersion. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 最近更新时刻。 / When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** 撤销时刻；在用时为空。 / When it was retired; null while in use. */
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 场所的一页。 / A page of locations. */
export type LocationConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<LocationEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type LocationEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 场所。 / The location. */
  readonly node: Location;
};

/** 筛选；各项同时成立。 / All that are given must hold. */
export type LocationFilter = {
  /** 种类。 / Kind. */
  readonly kind?: InputMaybe<LocationKind>;
  /** 区划，含其下级。 / Division, with those within it. */
  readonly division?: InputMaybe<Scalars['DivisionCode']['input']>;
  /** 层级。 / Level. */
  readonly level?: InputMaybe<DirectoryLevel>;
  /** 机构。 / Organisation. */
  readonly organisation?: InputMaybe<Scalars['ID']['input']>;
};

/** 场所的种类。 / Kind of location. */
export type LocationKind =
  /** 心理疏导室。 / Counselling room. */
  | 'COUNSELLING_ROOM'
  /** 学校心理辅导室。 / School counselling room. */
  | 'SCHOOL_ROOM'
  /** 社会工作室。 / Social-work room. */
  | 'SOCIAL_WORK_ROOM'
  /** 门诊。 / Clinic. */
  | 'CLINIC'
  /** 病房。 / Ward. */
  | 'WARD'
  /** 康复站。 / Rehabilitation station. */
  | 'REHABILITATION_STATION'
  /** 调解室。 / Mediation room. */
  | 'MEDIATION_ROOM'
  /** 办公场所。 / Office. */
  | 'OFFICE'
  /** 接待场所。 / Reception. */
  | 'RECEPTION'
  /** 热线坐席。 / Hotline seats. */
  | 'HOTLINE_SEAT';

/** 变更的结果。 / Result of a change. */
export type LocationPayload = {
  /** 变更后的场所；冲突时为现有的；其他错误时为空。 / The location after the change; on a conflict as it is now; null on another error. */
  readonly location?: Maybe<Location>;
  /** 可改正的错误；一次列出全部。 / Errors that the user can mend, all at once. */
  readonly userErrors: ReadonlyArray<DirectoryUserError>;
  /** 提示。 / Warnings. */
  readonly warnings: ReadonlyArray<DirectoryWarning>;
};

/** 一件人民调解。 / One case of people's mediation. */
export type Mediation = {
  /** 纠纷类型；代码不在码表内时为 OTHER。 / Kind of dispute; OTHER when the department's code is outside the code set. */
  readonly kind: MediationKind;
  /** 司法系统中的类型代码，原样；未登记为空。 / The department's own code of the kind; null where none is recorded. */
  readonly kindCode?: Maybe<Scalars['String']['output']>;
  /** 司法系统中的类型名称。 / The department's own words for the kind. */
  readonly kindDisplay?: Maybe<Scalars['String']['output']>;
  /** 人民调解委员会。 / The people's mediation committee. */
  readonly committee?: Maybe<Scalars['String']['output']>;
  /** 调解阶段；代码不在码表内时为 OTHER。 / Stage; OTHER when the department's code is outside the code set. */
  readonly stage: MediationStage;
  /** 司法系统中的阶段代码，原样；未登记为空。 / The department's own code of the stage; null where none is recorded. */
  readonly stageCode?: Maybe<Scalars['String']['output']>;
  /** 受理日期；登记不可读时为空。 / Day it was accepted; null where it was not legibly recorded. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 调解协议日期；未达成协议为空。 / Day of the agreement; null where none was reached. */
  readonly agreementDate?: Maybe<Scalars['PartialDate']['output']>;
};

/** 人民调解纠纷类型。 / Kinds of dispute in people's mediation. */
export type MediationKind =
  /** 婚姻家庭。 / Marriage and family. */
  | 'MARRIAGE_AND_FAMILY'
  /** 邻里。 / Between neighbours. */
  | 'NEIGHBOURS'
  /** 房屋宅基地。 / Housing and homesteads. */
  | 'HOUSING'
  /** 合同。 / Contracts. */
  | 'CONTRACT'
  /** 生产经营。 / Production and trade. */
  | 'TRADE'
  /** 损害赔偿。 / Damages. */
  | 'DAMAGES'
  /** 劳动争议。 / Labour. */
  | 'LABOUR'
  /** 校园。 / At school. */
  | 'SCHOOL'
  /** 其他或码表外代码。 / Another kind, or a code outside the code set. */
  | 'OTHER';

/** 人民调解阶段。 / Stages of people's mediation. */
export type MediationStage =
  /** 已受理。 / Accepted. */
  | 'ACCEPTED'
  /** 调解中。 / In progress. */
  | 'IN_PROGRESS'
  /** 达成协议。 / Agreement reached. */
  | 'AGREED'
  /** 未达成协议。 / No agreement. */
  | 'NOT_AGREED'
  /** 当事人撤回。 / Withdrawn by a party. */
  | 'WITHDRAWN'
  /** 码表外代码或未登记。 / A code outside the code set, or none recorded. */
  | 'OTHER';

export type Mutation = {
  /**
   * 登记或更新机构：整条写入，expectedVersion 为 0 表示新建。 / Enters or replaces an organisation, whole; expectedVersion 0 = a new one.
   * 需要 / Needs: directory:write
   */
  readonly upsertOrganisation?: Maybe<OrganisationPayload>;
  /**
   * 撤销机构：不再出现在列表中，按编号仍可查到。 / Retires an organisation: in no list any more, still there by id.
   * 需要 / Needs: directory:write
   */
  readonly retireOrganisation?: Maybe<OrganisationPayload>;
  /**
   * 登记或更新服务：整条写入，expectedVersion 为 0 表示新建。 / Enters or replaces a service, whole; expectedVersion 0 = a new one.
   * 需要 / Needs: directory:write
   */
  readonly upsertService?: Maybe<ServicePayload>;
  /**
   * 撤销服务：不再出现在列表中，按编号仍可查到。 / Retires a service: in no list any more, still there by id.
   * 需要 / Needs: directory:write
   */
  readonly retireService?: Maybe<ServicePayload>;
  /**
   * 登记或更新场所：整条写入，expectedVersion 为 0 表示新建。 / Enters or replaces a location, whole; expectedVersion 0 = a new one.
   * 需要 / Needs: directory:write
   */
  readonly upsertLocation?: Maybe<LocationPayload>;
  /**
   * 撤销场所：不再出现在列表中，按编号仍可查到。 / Retires a location: in no list any more, still there by id.
   * 需要 / Needs: directory:write
   */
  readonly retireLocation?: Maybe<LocationPayload>;
  /**
   * 登记或更新专业人员：整条写入，expectedVersion 为 0 表示新建。 / Enters or replaces a professional, whole; expectedVersion 0 = a new one.
   * 需要 / Needs: directory:write
   */
  readonly upsertProfessional?: Maybe<ProfessionalPayload>;
  /**
   * 撤销专业人员：不再出现在列表中，按编号仍可查到。 / Retires a professional: in no list any more, still there by id.
   * 需要 / Needs: directory:write
   */
  readonly retireProfessional?: Maybe<ProfessionalPayload>;
  /**
   * 更新服务的容量及其确认日期；不改动服务条目的版本。 / Sets the capacity of a service and the day it was assured; the version of the entry stays.
   * 需要 / Needs: directory:write
   */
  readonly setServiceCapacity?: Maybe<ServicePayload>;
  /**
   * 设定一段时间内的轮岗值班表：该时段内原有班次被替换。 / Sets the duty roster of a time: the shifts that began in it are replaced.
   * 需要 / Needs: directory:write
   */
  readonly setDutyRoster?: Maybe<ServicePayload>;
  /**
   * 给出或登记一项同意：本人、监护人以自己的令牌，或部门凭书面材料。须由两人同意的，待第二人同意后生效。 / Gives or records a consent: by the person's or guardian's own token, or by a department with the paper. Where two must agree it waits for the second.
   * 需要 / Needs: consent:write
   */
  readonly giveConsent?: Maybe<ConsentPayload>;
  /**
   * 第二位须同意者的同意。 / The agreement of the second who must agree.
   * 需要 / Needs: consent:write
   */
  readonly agreeToConsent?: Maybe<ConsentPayload>;
  /**
   * 撤回同意：一步，不问理由，即刻生效。 / Withdraws a consent: one step, no reason asked, at once.
   * 需要 / Needs: consent:write
   */
  readonly withdrawConsent?: Maybe<ConsentPayload>;
  /**
   * 登记一项监护关系及其证明。 / Records a guardianship with its evidence.
   * 需要 / Needs: guardianship:write
   */
  readonly declareGuardianship?: Maybe<GuardianshipPayload>;
  /**
   * 结束一项监护关系。 / Ends a guardianship.
   * 需要 / Needs: guardianship:write
   */
  readonly endGuardianship?: Maybe<GuardianshipPayload>;
  /**
   * 监护人涉嫌侵害时中止：既不能同意、撤回，也不能查看。 / Suspends a guardian who is the suspect of a report: no consent, no withdrawal, no view.
   * 需要 / Needs: guardianship:write
   */
  readonly suspendGuardianship?: Maybe<GuardianshipPayload>;
  /**
   * 由获授权者解除中止；不会自动解除。 / An authorised human releases the suspension; no timer does.
   * 需要 / Needs: guardianship:release
   */
  readonly releaseGuardianship?: Maybe<GuardianshipPayload>;
  /**
   * 紧急查阅：写明理由（至少 20 字），三小时有效，事后由他人复核并告知本人。 / Emergency access: with a reason of at least 20 characters, for three hours; reviewed by somebody else, and the person is told.
   * 需要 / Needs: emergency:access
   */
  readonly beginEmergencyAccess?: Maybe<EmergencyAccessPayload>;
  /**
   * 复核一次紧急查阅；不能复核自己的。 / Reviews an emergency access; never one's own.
   * 需要 / Needs: emergency:review
   */
  readonly reviewEmergencyAccess?: Maybe<ReviewEmergencyAccessPayload>;
  /** 本人或监护人请求复制（个人信息保护法第四十五条）。 / The person or guardian asks for a copy (PIPL art. 45). */
  readonly requestCopy?: Maybe<DataRequestPayload>;
  /** 本人或监护人请求更正（第四十六条）。 / Asks for a correction (art. 46). */
  readonly requestCorrection?: Maybe<DataRequestPayload>;
  /** 本人或监护人请求删除（第四十七条）。 / Asks for deletion (art. 47). */
  readonly requestDeletion?: Maybe<DataRequestPayload>;
  /**
   * 由保管记录的部门答复复制、更正、删除请求。 / The owning department answers such a request.
   * 需要 / Needs: data-request:answer
   */
  readonly answerDataRequest?: Maybe<DataRequestPayload>;
  /**
   * 服务开始时登记一个人；同一幂等键或同一身份号码得到同一个人；姓名不符即为冲突。带身份号码者与 matchPerson 合并限次。 / Registers a person when care begins; the same idempotency key or ID number gives the same person; another name is a conflict. With an ID number it is rate-limited together with matchPerson.
   * 需要 / Needs: person:register
   */
  readonly registerPerson?: Maybe<RegisterPersonPayload>;
  /**
   * 把本部门的本地编号关联到一个人；幂等。 / Links a local id of the caller's department to a person; idempotent.
   * 需要 / Needs: person:link
   */
  readonly linkPerson?: Maybe<LinkPersonPayload>;
  /**
   * 撤销一条关联；记录保留。 / Undoes a link; its record stays.
   * 需要 / Needs: person:link
   */
  readonly unlinkPerson?: Maybe<LinkPersonPayload>;
  /**
   * 由保管该记录的单位的人员裁定一项关联冲突。 / A human decision about a link conflict, by the unit that keeps the record.
   * 需要 / Needs: person:conflict:resolve
   */
  readonly resolveLinkConflict?: Maybe<ResolveLinkConflictPayload>;
  /**
   * 发起转介：须有覆盖目标方与各类别的同意，或强制报告，或紧急情况。 / Refers somebody: on a consent that covers target and categories, a mandatory report, or an emergency.
   * 需要 / Needs: referral:write
   */
  readonly createReferral?: Maybe<ReferralPayload>;
  /**
   * 接受：此后所列类别向目标方共享。 / Accepts: from then on the categories listed are shared with the target.
   * 需要 / Needs: referral:write
   */
  readonly acceptReferral?: Maybe<ReferralPayload>;
  /**
   * 拒绝，附代码；枢纽提出下一个合适的服务。 / Rejects with a code; the hub proposes the next eligible services.
   * 需要 / Needs: referral:write
   */
  readonly rejectReferral?: Maybe<ReferralPayload>;
  /**
   * 决定之前请对方补充信息；时钟照走。 / Asks for more information before deciding; the clock goes on.
   * 需要 / Needs: referral:write
   */
  readonly requestReferralInformation?: Maybe<ReferralPayload>;
  /**
   * 补充所请的信息。 / Gives the information that was asked for.
   * 需要 / Needs: referral:write
   */
  readonly provideReferralInformation?: Maybe<ReferralPayload>;
  /**
   * 在沟通记录中写一条。 / Adds a line to the communication log.
   * 需要 / Needs: referral:write
   */
  readonly addReferralMessage?: Maybe<ReferralPayload>;
  /**
   * 取消；目标方须说明理由。 / Cancels; the target with a reason.
   * 需要 / Needs: referral:write
   */
  readonly cancelReferral?: Maybe<ReferralPayload>;
  /**
   * 开始服务。 / Begins to serve.
   * 需要 / Needs: referral:write
   */
  readonly startReferral?: Maybe<ReferralPayload>;
  /**
   * 暂停。 / Puts on hold.
   * 需要 / Needs: referral:write
   */
  readonly holdReferral?: Maybe<ReferralPayload>;
  /**
   * 恢复。 / Resumes.
   * 需要 / Needs: referral:write
   */
  readonly resumeReferral?: Maybe<ReferralPayload>;
  /**
   * 完成，附结果与给转出方的建议。 / Completes, with the outcome and advice back to the requester.
   * 需要 / Needs: referral:write
   */
  readonly completeReferral?: Maybe<ReferralPayload>;
  /**
   * 未能完成，附理由。 / Fails, with a reason.
   * 需要 / Needs: referral:write
   */
  readonly failReferral?: Maybe<ReferralPayload>;
  /**
   * 确认已知悉结果：闭环。 / Acknowledges how it ended: closes the loop.
   * 需要 / Needs: referral:write
   */
  readonly acknowledgeReferral?: Maybe<ReferralPayload>;
  /**
   * 标为录入错误。 / Marks as entered in error.
   * 需要 / Needs: referral:write
   */
  readonly markReferralEnteredInError?: Maybe<ReferralPayload>;
  /**
   * 同意终止后，另行指明依据。 / Names another basis after the one under it ended.
   * 需要 / Needs: referral:write
   */
  readonly nameReferralBasis?: Maybe<ReferralPayload>;
  /**
   * 约定时间。 / Makes an appointment.
   * 需要 / Needs: referral:write
   */
  readonly scheduleReferralAppointment?: Maybe<ReferralPayload>;
  /**
   * 加一项随访任务。 / Adds a follow-up task.
   * 需要 / Needs: referral:write
   */
  readonly addReferralFollowUp?: Maybe<ReferralPayload>;
  /**
   * 完成一项随访任务。 / Completes a follow-up task.
   * 需要 / Needs: referral:write
   */
  readonly completeReferralFollowUp?: Maybe<ReferralPayload>;
  /**
   * 让一名工作人员因此项转介加入个案管理团队。 / Lets a named worker join the care team on the ground of this referral.
   * 需要 / Needs: referral:write
   */
  readonly joinCareTeam?: Maybe<ReferralPayload>;
  /**
   * 让一名工作人员退出他因此项转介加入的团队。 / Takes a worker out of the team that they joined on the ground of this referral.
   * 需要 / Needs: referral:write
   */
  readonly leaveCareTeam?: Maybe<ReferralPayload>;
  /**
   * 记下一次热线或窗口来访，可以匿名；知道是谁并得到同意后才成为转介。 / Records a contact at a hotline or front desk, perhaps anonymous; it becomes a referral only once the person is known and agrees.
   * 需要 / Needs: referral:write
   */
  readonly recordIntake?: Maybe<RecordIntakePayload>;
  /** 本人或监护人谢绝：一步，可不说理由。 / The person or guardian declines: one step, with or without a reason. */
  readonly declineReferral?: Maybe<ReferralPayload>;
  /**
   * 登记一个回调地址；密钥只在此给出，须再验证（verifyWebhook）。 / Registers a webhook; the secret is given out here alone; verify it next (verifyWebhook).
   * 需要 / Needs: webhook:write
   */
  readonly registerWebhook?: Maybe<WebhookPayload>;
  /**
   * 向接收方发送签名的 challenge；其原样带回后，回调生效。 / Sends the receiver a signed challenge; once it is given back, the webhook is active.
   * 需要 / Needs: webhook:write
   */
  readonly verifyWebhook?: Maybe<WebhookPayload>;
  /**
   * 换新密钥；一天之内新旧两个都签名。 / Makes a new secret; for a day both the new and the old one sign.
   * 需要 / Needs: webhook:write
   */
  readonly rotateWebhookSecret?: Maybe<WebhookPayload>;
  /**
   * 暂停；期间的变更不会丢失。 / Pauses it; what comes meanwhile is not lost.
   * 需要 / Needs: webhook:write
   */
  readonly pauseWebhook?: Maybe<WebhookPayload>;
  /**
   * 恢复，从停下之处继续。 / Resumes it where it stopped.
   * 需要 / Needs: webhook:write
   */
  readonly resumeWebhook?: Maybe<WebhookPayload>;
  /**
   * 删除，连同尚待送达的消息。 / Deletes it, with what waited to be delivered.
   * 需要 / Needs: webhook:write
   */
  readonly deleteWebhook?: Maybe<WebhookPayload>;
  /**
   * 重放三天未能送达的消息，最早的先行。 / Replays messages that could not be delivered for three days, the oldest first.
   * 需要 / Needs: webhook:write
   */
  readonly replayWebhookDeadLetters?: Maybe<ReplayWebhookDeadLettersPayload>;
};


export type MutationUpsertOrganisationArgs = {
  input: UpsertOrganisationInput;
};


export type MutationRetireOrganisationArgs = {
  input: RetireEntryInput;
};


export type MutationUpsertServiceArgs = {
  input: UpsertServiceInput;
};


export type MutationRetireServiceArgs = {
  input: RetireEntryInput;
};


export type MutationUpsertLocationArgs = {
  input: UpsertLocationInput;
};


export type MutationRetireLocationArgs = {
  input: RetireEntryInput;
};


export type MutationUpsertProfessionalArgs = {
  input: UpsertProfessionalInput;
};


export type MutationRetireProfessionalArgs = {
  input: RetireEntryInput;
};


export type MutationSetServiceCapacityArgs = {
  input: SetServiceCapacityInput;
};


export type MutationSetDutyRosterArgs = {
  input: SetDutyRosterInput;
};


export type MutationGiveConsentArgs = {
  input: GiveConsentInput;
};


export type MutationAgreeToConsentArgs = {
  input: AgreeToConsentInput;
};


export type MutationWithdrawConsentArgs = {
  input: WithdrawConsentInput;
};


export type MutationDeclareGuardianshipArgs = {
  input: DeclareGuardianshipInput;
};


export type MutationEndGuardianshipArgs = {
  input: EndGuardianshipInput;
};


export type MutationSuspendGuardianshipArgs = {
  input: SuspendGuardianshipInput;
};


export type MutationReleaseGuardianshipArgs = {
  input: SuspendGuardianshipInput;
};


export type MutationBeginEmergencyAccessArgs = {
  input: BeginEmergencyAccessInput;
};


export type MutationReviewEmergencyAccessArgs = {
  input: ReviewEmergencyAccessInput;
};


export type MutationRequestCopyArgs = {
  input: DataRequestInput;
};


export type MutationRequestCorrectionArgs = {
  input: DataRequestInput;
};


export type MutationRequestDeletionArgs = {
  input: DataRequestInput;
};


export type MutationAnswerDataRequestArgs = {
  input: AnswerDataRequestInput;
};


export type MutationRegisterPersonArgs = {
  input: RegisterPersonInput;
};


export type MutationLinkPersonArgs = {
  input: LinkPersonInput;
};


export type MutationUnlinkPersonArgs = {
  input: UnlinkPersonInput;
};


export type MutationResolveLinkConflictArgs = {
  input: ResolveLinkConflictInput;
};


export type MutationCreateReferralArgs = {
  input: CreateReferralInput;
};


export type MutationAcceptReferralArgs = {
  input: ReferralMoveInput;
};


export type MutationRejectReferralArgs = {
  input: RejectReferralInput;
};


export type MutationRequestReferralInformationArgs = {
  input: ReferralTextInput;
};


export type MutationProvideReferralInformationArgs = {
  input: ReferralTextInput;
};


export type MutationAddReferralMessageArgs = {
  input: ReferralTextInput;
};


export type MutationCancelReferralArgs = {
  input: ReferralReasonInput;
};


export type MutationStartReferralArgs = {
  input: ReferralMoveInput;
};


export type MutationHoldReferralArgs = {
  input: ReferralReasonInput;
};


export type MutationResumeReferralArgs = {
  input: ReferralMoveInput;
};


export type MutationCompleteReferralArgs = {
  input: CompleteReferralInput;
};


export type MutationFailReferralArgs = {
  input: ReferralReasonInput;
};


export type MutationAcknowledgeReferralArgs = {
  input: ReferralMoveInput;
};


export type MutationMarkReferralEnteredInErrorArgs = {
  input: ReferralReasonInput;
};


export type MutationNameReferralBasisArgs = {
  input: NameReferralBasisInput;
};


export type MutationScheduleReferralAppointmentArgs = {
  input: ScheduleAppointmentInput;
};


export type MutationAddReferralFollowUpArgs = {
  input: AddFollowUpInput;
};


export type MutationCompleteReferralFollowUpArgs = {
  input: CompleteFollowUpInput;
};


export type MutationJoinCareTeamArgs = {
  input: JoinCareTeamInput;
};


export type MutationLeaveCareTeamArgs = {
  input: LeaveCareTeamInput;
};


export type MutationRecordIntakeArgs = {
  input: RecordIntakeInput;
};


export type MutationDeclineReferralArgs = {
  input: ReferralReasonInput;
};


export type MutationRegisterWebhookArgs = {
  input: RegisterWebhookInput;
};


export type MutationVerifyWebhookArgs = {
  input: WebhookInput;
};


export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


export type MutationPauseWebhookArgs = {
  input: WebhookInput;
};


export type MutationResumeWebhookArgs = {
  input: WebhookInput;
};


export type MutationDeleteWebhookArgs = {
  input: WebhookInput;
};


export type MutationReplayWebhookDeadLettersArgs = {
  input: WebhookInput;
};

/** 同名。 / Same name. */
export type NameMatch =
  /** 与使用者本人。 / As the user. */
  | 'OWN'
  /** 与同机构同事。 / As a colleague of the same organisation. */
  | 'COLLEAGUE';

/** 另指依据。 / Names another basis. */
export type NameReferralBasisInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 同意；省略即由枢纽找覆盖的那一项。 / The consent; left out = the hub finds one that covers it. */
  readonly consentId?: InputMaybe<Scalars['ID']['input']>;
};

/** 要找的服务。 / What is wanted. */
export type NextServicesInput = {
  /** 需要，满足其一即可。 / Needs; any of them. */
  readonly needs: ReadonlyArray<ServiceNeed>;
  /** 年龄段下限，周岁。 / Least age of the band. */
  readonly minimumAge?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 年龄段上限，周岁。 / Greatest age of the band. */
  readonly maximumAge?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 生命周期阶段。 / Life stage. */
  readonly lifeStage?: InputMaybe<LifeStage>;
  /** 所在区划。 / Division. */
  readonly division: Scalars['DivisionCode']['input'];
  /** 已拒绝的服务。 / Services that are out: those that rejected. */
  readonly except?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** 须接收危机转介。 / It must take crises. */
  readonly takesCrises?: InputMaybe<Scalars['Boolean']['input']>;
  /** 须设绿色通道。 / It must have a green channel. */
  readonly greenChannel?: InputMaybe<Scalars['Boolean']['input']>;
  /** 至多几项，缺省 5，至多 20。 / How many at most; 5 by default, never more than 20. */
  readonly first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
};

/** 告知。 / A notice to the person. */
export type Notice = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 何时。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 用平常话说明。 / In plain words. */
  readonly text: ConsentText;
};

/** 每周开放时间（HSDS schedule，中国时间）。 / Weekly opening hours (HSDS schedule, time of China). */
export type OpeningHours = {
  /** 星期。 / Days. */
  readonly days: ReadonlyArray<Weekday>;
  /** 开始，如 08:30。 / Opens, like 08:30. */
  readonly opensAt: Scalars['String']['output'];
  /** 结束，如 17:30；不晚于开始即次日；24:00 为当日结束。 / Closes, like 17:30; not after opening = on the next day; 24:00 = the end of the day. */
  readonly closesAt: Scalars['String']['output'];
  /** 起始日。 / First day. */
  readonly validFrom?: Maybe<Scalars['Date']['output']>;
  /** 末日。 / Last day. */
  readonly validTo?: Maybe<Scalars['Date']['output']>;
  /** 说明。 / Description. */
  readonly description: Scalars['String']['output'];
};

/** 每周开放时间。 / Weekly opening hours. */
export type OpeningHoursInput = {
  /** 星期。 / Days. */
  readonly days: ReadonlyArray<Weekday>;
  /** 开始，HH:MM。 / Opens, HH:MM. */
  readonly opensAt: Scalars['String']['input'];
  /** 结束，HH:MM。 / Closes, HH:MM. */
  readonly closesAt: Scalars['String']['input'];
  /** 起始日。 / First day. */
  readonly validFrom?: InputMaybe<Scalars['Date']['input']>;
  /** 末日。 / Last day. */
  readonly validTo?: InputMaybe<Scalars['Date']['input']>;
  /** 说明。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

/** 机构（HSDS organization）。 / An organisation (HSDS organization). */
export type Organisation = {
  /** 编号，与令牌中的 organisation 一致。 / Id, as it stands in tokens. */
  readonly id: Scalars['ID']['output'];
  /** 名称。 / Name. */
  readonly name: Scalars['String']['output'];
  /** 别名。 / Alternate name. */
  readonly alternateName?: Maybe<Scalars['String']['output']>;
  /** 简介。 / Description. */
  readonly description: Scalars['String']['output'];
  /** 种类。 / Kind. */
  readonly kind: OrganisationKind;
  /** 所属部门；没有部门系统的参与方为空。 / The department it belongs to; null for a party without a departmental system. */
  readonly department?: Maybe<Department>;
  /** 区划。 / Division. */
  readonly division: Scalars['DivisionCode']['output'];
  /** 上级机构，超时转介向其升级。 / Supervising organisation, to which overdue referrals escalate. */
  readonly supervisor?: Maybe<Organisation>;
  /** 统一社会信用代码。 / Unified social credit code. */
  readonly creditCode?: Maybe<Scalars['OrganisationCode']['output']>;
  /** 校验位是否正确；没有代码时为空。 / Whether its check digit is right; null without a code. */
  readonly creditCodeValid?: Maybe<Scalars['Boolean']['output']>;
  /** 能否接收转介。 / Whether it may receive referrals. */
  readonly receivesReferrals: Scalars['Boolean']['output'];
  /** 电子邮箱。 / E-mail. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** 网站。 / Website. */
  readonly website?: Maybe<Scalars['String']['output']>;
  /** 电话。 / Telephone numbers. */
  readonly phones: ReadonlyArray<Phone>;
  /** 联系人。 / Contacts. */
  readonly contacts: ReadonlyArray<Contact>;
  /** 公开的评价结果。 / Published evaluations. */
  readonly evaluations: ReadonlyArray<Evaluation>;
  /** 在用的服务，至多一百项。 / Its services, a hundred at most. */
  readonly services: ReadonlyArray<Service>;
  /** 在用的场所，至多一百项。 / Its locations, a hundred at most. */
  readonly locations: ReadonlyArray<Location>;
  /** 在用的专业人员，至多一百项。 / Its professionals, a hundred at most. */
  readonly professionals: ReadonlyArray<Professional>;
  /** 版本，用作 expectedVersion。 / Version, to be given as expectedVersion. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 最近更新时刻。 / When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** 撤销时刻；在用时为空。 / When it was retired; null while in use. */
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 机构的一页。 / A page of organisations. */
export type OrganisationConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<OrganisationEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type OrganisationEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 机构。 / The organisation. */
  readonly node: Organisation;
};

/** 筛选；各项同时成立。 / All that are given must hold. */
export type OrganisationFilter = {
  /** 种类。 / Kind. */
  readonly kind?: InputMaybe<OrganisationKind>;
  /** 部门。 / Department. */
  readonly department?: InputMaybe<Department>;
  /** 区划，含其下级。 / Division, with those within it. */
  readonly division?: InputMaybe<Scalars['DivisionCode']['input']>;
  /** 能否接收转介。 / Whether it may receive referrals. */
  readonly receivesReferrals?: InputMaybe<Scalars['Boolean']['input']>;
};

/** 机构的种类。 / Kind of organisation. */
export type OrganisationKind =
  /** 成员部门。 / A member department. */
  | 'DEPARTMENT'
  /** 领导小组办公室等综合机构。 / An office such as that of the leading group. */
  | 'OFFICE'
  /** 医院。 / Hospital. */
  | 'HOSPITAL'
  /** 基层医疗卫生机构。 / Primary care. */
  | 'PRIMARY_CARE'
  /** 中小学校、幼儿园。 / School or kindergarten. */
  | 'SCHOOL'
  /** 高等学校。 / University or college. */
  | 'UNIVERSITY'
  /** 公安派出所。 / Police station. */
  | 'POLICE'
  /** 村民委员会。 / Village committee. */
  | 'VILLAGE_COMMITTEE'
  /** 居民委员会。 / Community committee. */
  | 'COMMUNITY_COMMITTEE'
  /** 综治中心。 / Comprehensive-governance centre. */
  | 'GOVERNANCE_CENTRE'
  /** 残疾人联合会。 / Disability federation. */
  | 'DISABILITY_FEDERATION'
  /** 就业服务机构。 / Employment service. */
  | 'EMPLOYMENT_SERVICE'
  /** 社会工作站。 / Social-work station. */
  | 'SOCIAL_WORK_STATION'
  /** 社区康复站。 / Community rehabilitation station. */
  | 'REHABILITATION_STATION'
  /** 人民调解委员会。 / People's mediation committee. */
  | 'MEDIATION_COMMITTEE'
  /** 法律援助中心。 / Legal-aid centre. */
  | 'LEGAL_AID_CENTRE'
  /** 未成年人救助保护机构。 / Child welfare institution. */
  | 'CHILD_WELFARE'
  /** 养老服务机构。 / Elderly care. */
  | 'ELDERLY_CARE'
  /** 热线中心。 / Hotline centre. */
  | 'HOTLINE_CENTRE'
  /** 信访接待场所：可以发出转介，从不接收，也不查看。 / Petition reception: may send referrals, never receives or reads. */
  | 'PETITION_RECEPTION'
  /** 社会组织、志愿团队。 / Social organisation, volunteers. */
  | 'SOCIAL_ORGANISATION'
  /** 其他。 / Other. */
  | 'OTHER';

/** 变更的结果。 / Result of a change. */
export type OrganisationPayload = {
  /** 变更后的机构；冲突时为现有的；其他错误时为空。 / The organisation after the change; on a conflict as it is now; null on another error. */
  readonly organisation?: Maybe<Organisation>;
  /** 可改正的错误；一次列出全部。 / Errors that the user can mend, all at once. */
  readonly userErrors: ReadonlyArray<DirectoryUserError>;
  /** 提示。 / Warnings. */
  readonly warnings: ReadonlyArray<DirectoryWarning>;
};

/** 分页信息（GraphQL Cursor Connections）。 / Paging (GraphQL Cursor Connections). */
export type PageInfo = {
  /** 是否还有下一页。 / Whether there is a next page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** 是否有上一页。 / Whether there is a previous page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** 首个游标。 / First cursor. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
  /** 末个游标。 / Last cursor. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

/** 一个人及其关怀档案。 / A person and the care profile. */
export type Person = {
  /** 枢纽编号，无含义。 / Hub id, opaque. */
  readonly id: Scalars['ID']['output'];
  /**
   * 民政部门所见的这个人。 / What the civil-affairs department holds about the person.
   * 需要 / Needs: civil-affairs:assistance:read | civil-affairs:child-welfare:read | civil-affairs:elderly-care:read | civil-affairs:family-guidance:read
   */
  readonly civilAffairs?: Maybe<CivilAffairsFacet>;
  /**
   * 教育部门所见的这个人。 / What the education department holds about the person.
   * 需要 / Needs: education:enrolment:read | education:counselling:read | education:assessment:read | education:protection:read
   */
  readonly education?: Maybe<EducationFacet>;
  /**
   * 卫生健康部门所见的这个人。 / What the health department holds about the person.
   * 需要 / Needs: health:visits:read | health:diagnoses:read | health:assessment:read | health:follow-up:read | health:medication:read | health:rehabilitation:read
   */
  readonly health?: Maybe<HealthFacet>;
  /**
   * 司法行政部门所见的这个人。 / What the justice department holds about the person.
   * 需要 / Needs: justice:legal-aid:read | justice:mediation:read | justice:reintegration:read
   */
  readonly justice?: Maybe<JusticeFacet>;
  /** 脱敏姓名。 / Masked name. */
  readonly maskedName: Scalars['MaskedName']['output'];
  /**
   * 姓名。 / Name.
   * 需要 / Needs: person:identity:read
   */
  readonly name?: Maybe<Scalars['String']['output']>;
  /**
   * 性别（GB/T 2261.1）。 / Sex (GB/T 2261.1).
   * 需要 / Needs: person:identity:read
   */
  readonly sex?: Maybe<Sex>;
  /**
   * 出生日期。 / Birth date.
   * 需要 / Needs: person:identity:read
   */
  readonly birthDate?: Maybe<Scalars['PartialDate']['output']>;
  /**
   * 所在区划。 / Division of residence.
   * 需要 / Needs: person:identity:read
   */
  readonly division?: Maybe<Scalars['DivisionCode']['output']>;
  /** 生命周期阶段，可重叠；由某部门记录得出的，只对可见该记录者显示。 / Life stages, overlapping; one that follows from a department's record shows only to who may see that record. */
  readonly lifeStages?: Maybe<ReadonlyArray<LifeStage>>;
  /**
   * 本部门自己的本地编号。 / The local ids of the caller's own department.
   * 需要 / Needs: person:crosswalk:read
   */
  readonly localIds?: Maybe<ReadonlyArray<LocalIdentifier>>;
  /**
   * 现行有效的监护关系；已中止的不显示。 / Guardianships in force; a suspended one does not show.
   * 需要 / Needs: person:guardianship:read
   */
  readonly guardianships?: Maybe<ReadonlyArray<Guardianship>>;
  /**
   * 现行有效、在本辖区内的个案管理团队成员。 / The care team as it is now, within the caller's jurisdiction.
   * 需要 / Needs: person:care-team:read
   */
  readonly careTeam?: Maybe<ReadonlyArray<CareTeamMember>>;
  /** 此次请求可见的数据类别及其依据。 / What this request may see, and on what basis. */
  readonly access?: Maybe<ReadonlyArray<CategoryAccess>>;
  /**
   * 妇联所见的这个人。 / What the women's federation holds about the person.
   * 需要 / Needs: womens-federation:family-support:read | womens-federation:rights-case:read | womens-federation:hotline:read
   */
  readonly womensFederation?: Maybe<WomensFederationFacet>;
  /**
   * 工会所见的这个人。 / What the trade union holds about the person.
   * 需要 / Needs: union:employee-assistance:read | union:hardship-aid:read | union:workplace-mediation:read
   */
  readonly union?: Maybe<UnionFacet>;
  /** 各部门事件合成的时间线，新的在前；缺少的部门在 gaps 中说明。 / The departments' events as one timeline, newest first; gaps names what is missing. */
  readonly timeline?: Maybe<TimelineConnection>;
};


/** 一个人及其关怀档案。 / A person and the care profile. */
export type PersonTimelineArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** 以身份号码指明的人。 / Somebody by ID number. */
export type PersonByNumberInput = {
  /** 身份号码；只用于匹配，只存其 HMAC。 / ID number; for matching alone, stored as its HMAC only. */
  readonly idNumber: Scalars['IDNumber']['input'];
  /** 姓名，须与之相符。 / Name; it must fit. */
  readonly name: Scalars['String']['input'];
};

/** 电话（HSDS phone）。 / A telephone number (HSDS phone). */
export type Phone = {
  /** 号码。 / Number. */
  readonly number: Scalars['String']['output'];
  /** 分机。 / Extension. */
  readonly extension?: Maybe<Scalars['String']['output']>;
  /** 种类。 / Kind. */
  readonly kind: PhoneKind;
  /** 说明。 / Description. */
  readonly description: Scalars['String']['output'];
};

/** 电话。 / A telephone number. */
export type PhoneInput = {
  /** 号码。 / Number. */
  readonly number: Scalars['String']['input'];
  /** 分机。 / Extension. */
  readonly extension?: InputMaybe<Scalars['String']['input']>;
  /** 种类，缺省固定电话。 / Kind; VOICE by default. */
  readonly kind?: InputMaybe<PhoneKind>;
  /** 说明。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
};

/** 电话的种类。 / Kind of telephone number. */
export type PhoneKind =
  /** 固定电话。 / Voice. */
  | 'VOICE'
  /** 手机。 / Mobile. */
  | 'MOBILE'
  /** 传真。 / Fax. */
  | 'FAX'
  /** 短信。 / Text messages. */
  | 'TEXT'
  /** 热线。 / Hotline. */
  | 'HOTLINE';

/** 专业。 / Profession. */
export type Profession =
  /** 精神科医师。 / Psychiatrist. */
  | 'PSYCHIATRIST'
  /** 护士。 / Nurse. */
  | 'NURSE'
  /** 心理咨询师、心理治疗师。 / Counsellor or psychotherapist. */
  | 'COUNSELLOR'
  /** 心理健康教师。 / School counsellor. */
  | 'SCHOOL_COUNSELLOR'
  /** 社会工作者。 / Social worker. */
  | 'SOCIAL_WORKER'
  /** 人民调解员。 / Mediator. */
  | 'MEDIATOR'
  /** 律师。 / Lawyer. */
  | 'LAWYER'
  /** 康复工作者。 / Rehabilitation worker. */
  | 'REHABILITATION_WORKER'
  /** 民警。 / Police officer. */
  | 'POLICE_OFFICER'
  /** 志愿者。 / Volunteer. */
  | 'VOLUNTEER'
  /** 其他。 / Other. */
  | 'OTHER';

/** 专业人员（FHIR PractitionerRole）。 / A professional (FHIR PractitionerRole). */
export type Professional = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 所在机构。 / At which organisation. */
  readonly organisation: Organisation;
  /** 姓名。 / Name. */
  readonly name: Scalars['String']['output'];
  /** 专业。 / Profession. */
  readonly profession: Profession;
  /** 职务或职称。 / Title. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** 资质。 / Qualifications. */
  readonly qualifications: ReadonlyArray<Qualification>;
  /** 专长。 / What the professional helps with. */
  readonly needs: ReadonlyArray<ServiceNeed>;
  /** 语言（BCP 47）。 / Languages (BCP 47). */
  readonly languages: ReadonlyArray<Scalars['String']['output']>;
  /** 担任责任人的村（社区）。 / Villages and communities whose responsible professional this is. */
  readonly responsibleFor: ReadonlyArray<Scalars['DivisionCode']['output']>;
  /** 是否在专家库。 / Whether in the expert pool. */
  readonly expert: Scalars['Boolean']['output'];
  /** 电话。 / Telephone numbers. */
  readonly phones: ReadonlyArray<Phone>;
  /** 版本，用作 expectedVersion。 / Version, to be given as expectedVersion. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 最近更新时刻。 / When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** 撤销时刻；在用时为空。 / When it was retired; null while in use. */
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 专业人员的一页。 / A page of professionals. */
export type ProfessionalConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<ProfessionalEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type ProfessionalEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 专业人员。 / The professional. */
  readonly node: Professional;
};

/** 筛选；各项同时成立。 / All that are given must hold. */
export type ProfessionalFilter = {
  /** 该区划（含其下级）的责任人。 / Responsible for this division or one within it. */
  readonly responsibleFor?: InputMaybe<Scalars['DivisionCode']['input']>;
  /** 在专家库。 / In the expert pool. */
  readonly expert?: InputMaybe<Scalars['Boolean']['input']>;
  /** 专长。 / What the professional helps with. */
  readonly need?: InputMaybe<ServiceNeed>;
  /** 专业。 / Profession. */
  readonly profession?: InputMaybe<Profession>;
  /** 机构。 / Organisation. */
  readonly organisation?: InputMaybe<Scalars['ID']['input']>;
  /** 语言（BCP 47）。 / Language (BCP 47). */
  readonly language?: InputMaybe<Scalars['String']['input']>;
};

/** 变更的结果。 / Result of a change. */
export type ProfessionalPayload = {
  /** 变更后的专业人员；冲突时为现有的；其他错误时为空。 / The professional after the change; on a conflict as it is now; null on another error. */
  readonly professional?: Maybe<Professional>;
  /** 可改正的错误；一次列出全部。 / Errors that the user can mend, all at once. */
  readonly userErrors: ReadonlyArray<DirectoryUserError>;
  /** 提示。 / Warnings. */
  readonly warnings: ReadonlyArray<DirectoryWarning>;
};

/** 建议的服务。 / A service proposed. */
export type ProposedService = {
  /** 服务。 / The service. */
  readonly service: Service;
  /** 现有的同意是否已覆盖转给它；只告诉转出方。 / Whether a consent that stands covers a referral to it; told to the requester alone. */
  readonly consentCovers?: Maybe<Scalars['Boolean']['output']>;
};

/** 一项保护。 / One protection case. */
export type ProtectionCase = {
  /** 种类。 / Kind. */
  readonly kind: ProtectionKind;
  /** 开始日期。 / Date opened. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 状态。 / Status. */
  readonly status: ProtectionStatus;
};

/** 保护事项的种类。 / Kind of a protection case. */
export type ProtectionKind =
  /** 欺凌。 / Bullying. */
  | 'BULLYING'
  /** 辍学。 / Drop-out. */
  | 'DROP_OUT'
  /** 其他。 / Other. */
  | 'OTHER';

/** 事项的状态。 / Status of a case. */
export type ProtectionStatus =
  /** 进行中。 / Open. */
  | 'OPEN'
  /** 已结。 / Closed. */
  | 'CLOSED'
  /** 其他或未知。 / Other or unknown. */
  | 'OTHER';

/** 使用目的。 / Purpose of use. */
export type PurposeOfUse =
  /** 关怀服务。 / Care. */
  | 'CARE'
  /** 转介。 / Referral. */
  | 'REFERRAL'
  /** 危机干预。 / Crisis response. */
  | 'CRISIS_RESPONSE'
  /** 强制报告。 / Mandatory reporting. */
  | 'MANDATORY_REPORTING'
  /** 统计。 / Statistics. */
  | 'STATISTICS'
  /** 本人查阅。 / The person's own access. */
  | 'SELF_ACCESS'
  /** 审计。 / Audit. */
  | 'AUDIT';

/** 资质。 / A qualification. */
export type Qualification = {
  /** 名称。 / Name. */
  readonly name: Scalars['String']['output'];
  /** 发证机关。 / Issuer. */
  readonly issuer?: Maybe<Scalars['String']['output']>;
  /** 证号。 / Number. */
  readonly number?: Maybe<Scalars['String']['output']>;
  /** 发证日期。 / Issued on. */
  readonly issuedOn?: Maybe<Scalars['Date']['output']>;
  /** 有效期末日；长期有效为空。 / Last day; null = it does not end. */
  readonly expiresOn?: Maybe<Scalars['Date']['output']>;
  /** 是否已过期。 / Whether it has expired. */
  readonly expired: Scalars['Boolean']['output'];
};

/** 资质。 / A qualification. */
export type QualificationInput = {
  /** 名称。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 发证机关。 / Issuer. */
  readonly issuer?: InputMaybe<Scalars['String']['input']>;
  /** 证号。 / Number. */
  readonly number?: InputMaybe<Scalars['String']['input']>;
  /** 发证日期。 / Issued on. */
  readonly issuedOn?: InputMaybe<Scalars['Date']['input']>;
  /** 有效期末日。 / Last day. */
  readonly expiresOn?: InputMaybe<Scalars['Date']['input']>;
};

export type Query = {
  /**
   * 访问记录：按人、客户端、依据、时间。 / Audit records by person, client, basis and time.
   * 需要 / Needs: audit:read
   */
  readonly auditRecords?: Maybe<AuditRecordConnection>;
  /**
   * 异常访问报告：写明规则，只供人判断，从不自动处置；一次至多 31 天。 / A report of unusual access, each with its rule; for a human to judge, never a sanction; at most 31 days at once.
   * 需要 / Needs: audit:read
   */
  readonly unusualAccess?: Maybe<UnusualAccessReport>;
  /** 按编号查机构；已撤销的也能查到。  / An organisation by id; a retired one too. */
  readonly organisation?: Maybe<Organisation>;
  /** 按种类、部门、区划查机构。 / Organisations by kind, department and division. */
  readonly organisations: OrganisationConnection;
  /** 按编号查服务；已撤销的也能查到。 / A service by id; a retired one too. */
  readonly service?: Maybe<Service>;
  /** 正在提供的服务，由近及远：区划之内的、上级区划的，再到相邻区划的。 / Services that serve, nearest first: within the division, of those above it, then beside it. */
  readonly services: ServiceConnection;
  /** 按编号查场所。 / A location by id. */
  readonly location?: Maybe<Location>;
  /** 按种类、区划查场所（站、室、门诊）。 / Locations by kind and division: stations, rooms, clinics. */
  readonly locations: LocationConnection;
  /** 按编号查专业人员。 / A professional by id. */
  readonly professional?: Maybe<Professional>;
  /** 查专业人员：某村（社区）的责任人、专家库、某机构的人员。 / Professionals: those responsible for a village or community, of the expert pool, of an organisation. */
  readonly professionals: ProfessionalConnection;
  /** 下一个可转介的服务，附排序所依据的事实；被拒绝后用。 / The services to try next, with the facts that order them; for use after a rejection. */
  readonly nextServices: ReadonlyArray<EligibleService>;
  /** 按枢纽编号取一个人；不存在与无依据同样为空。 / One person by hub id; unknown and without basis are both null. */
  readonly person?: Maybe<Person>;
  /** 最多 20 个已知编号，按所给次序；看不到的为空。一次请求总共最多 20 人。 / At most 20 ids already known, in the order given; null where not visible. A request asks for at most 20 persons in all. */
  readonly persons?: Maybe<ReadonlyArray<Maybe<Person>>>;
  /** 按本部门自己的本地编号取人；部门取自令牌。 / By a local id of the caller's own department, which the token names. */
  readonly personByLocalId?: Maybe<Person>;
  /**
   * 按身份号码匹配；不存在与无权限的回答相同，且限次。 / Match by ID number; unknown and not permitted answer alike; rate-limited.
   * 需要 / Needs: person:match
   */
  readonly matchPerson?: Maybe<Person>;
  /**
   * 本部门所涉、等待人工裁定的关联冲突。 / Link conflicts that touch the caller's department and wait for a human decision.
   * 需要 / Needs: person:conflict:resolve
   */
  readonly linkConflicts?: Maybe<LinkConflictConnection>;
  /**
   * 一个人的同意：部门只见以其为接收方或由其登记的。 / A person's consents; a department sees those that name it or that it recorded.
   * 需要 / Needs: consent:write
   */
  readonly consents?: Maybe<ReadonlyArray<Consent>>;
  /** 给出同意之前要出示的文本：共享什么、给谁、为何、到何时。 / The text to show before a consent is given: what is shared, with whom, for what, until when. */
  readonly consentText?: Maybe<ConsentText>;
  /**
   * 等待复核的紧急查阅，先到期者在前。 / Emergency accesses that wait for review.
   * 需要 / Needs: emergency:review
   */
  readonly emergencyReviews?: Maybe<EmergencyReviewConnection>;
  /**
   * 各部门紧急查阅的次数；只给已结束的整月。 / How often each department used emergency access, in whole months that are over.
   * 需要 / Needs: statistics:read
   */
  readonly emergencyFigures?: Maybe<ReadonlyArray<EmergencyFigure>>;
  /**
   * 须由本部门答复的复制、更正、删除请求。 / Requests for copy, correction or deletion that the caller's department must answer.
   * 需要 / Needs: data-request:answer
   */
  readonly dataRequests?: Maybe<DataRequestConnection>;
  /** 登录者本人。 / The person who signed in. */
  readonly me?: Maybe<Person>;
  /** 登录者现时监护的人。 / Those whose guardian the person is now. */
  readonly myWards?: Maybe<ReadonlyArray<Person>>;
  /** 谁在何时因何看过什么；省略 personId 即本人，监护人填被监护人。 / Who saw what, when and why; personId left out = oneself, a guardian names the ward. */
  readonly myAccessLog?: Maybe<AccessLogConnection>;
  /** 本人（或被监护人）的同意。 / One's own consents, or the ward's. */
  readonly myConsents?: Maybe<ReadonlyArray<Consent>>;
  /** 现在谁可以看到哪些数据，凭什么。 / Who can see which data now, and why. */
  readonly whoCanSee?: Maybe<ReadonlyArray<WhoCanSee>>;
  /** 给本人的告知。 / What the person is told. */
  readonly myNotices?: Maybe<ReadonlyArray<Notice>>;
  /** 本人提出的复制、更正、删除请求及答复。 / One's own requests for copy, correction or deletion, with the answers. */
  readonly myDataRequests?: Maybe<ReadonlyArray<DataRequest>>;
  /**
   * 按编号取一项转介；不是其一方即为空。 / One referral by id; null for whoever is not a party.
   * 需要 / Needs: referral:read
   */
  readonly referral?: Maybe<Referral>;
  /**
   * 收件箱或发件箱，按所给次序（省略即 OLDEST_FIRST；超时的只按 DUE_FIRST）；条件可并用。 / The inbox or outbox in the order given (left out = OLDEST_FIRST; what is overdue is in DUE_FIRST alone); filters combine.
   * 需要 / Needs: referral:read
   */
  readonly referrals?: Maybe<ReferralConnection>;
  /**
   * 收件箱或发件箱中各状态的项数。 / How many of each state there are in the inbox or outbox.
   * 需要 / Needs: referral:read
   */
  readonly referralCounts?: Maybe<ReadonlyArray<ReferralCount>>;
  /**
   * 您这一方的来访记录：尚未成为转介的在前。 / The contacts of your side, those that are no referral yet before the others.
   * 需要 / Needs: referral:read
   */
  readonly intakes?: Maybe<IntakeConnection>;
  /** 本人（或被监护人）的转介；强制报告不在其中。 / One's own referrals, or the ward's; a mandatory report is not among them. */
  readonly myReferrals?: Maybe<ReferralConnection>;
  /**
   * 变更流：自游标之后，按提交次序，无遗漏；只有编号、状态与版本。 / The change feed: what comes behind the cursor in the order of commits, without gaps; ids, state and version only.
   * 需要 / Needs: referral:read
   */
  readonly referralChanges?: Maybe<ReferralChangeConnection>;
  /**
   * 您这一方登记的回调。 / The webhooks of your side.
   * 需要 / Needs: webhook:write
   */
  readonly webhooks?: Maybe<ReadonlyArray<Webhook>>;
  /**
   * 三天未能送达的消息，可重放。 / Messages that could not be delivered for three days; they can be replayed.
   * 需要 / Needs: webhook:write
   */
  readonly webhookDeadLetters?: Maybe<WebhookDeadLetterConnection>;
};


export type QueryAuditRecordsArgs = {
  filter: AuditFilter;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUnusualAccessArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};


export type QueryOrganisationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrganisationsArgs = {
  filter?: InputMaybe<OrganisationFilter>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryServiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryServicesArgs = {
  filter?: InputMaybe<ServiceFilter>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLocationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLocationsArgs = {
  filter?: InputMaybe<LocationFilter>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProfessionalArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProfessionalsArgs = {
  filter?: InputMaybe<ProfessionalFilter>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryNextServicesArgs = {
  input: NextServicesInput;
};


export type QueryPersonArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPersonsArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryPersonByLocalIdArgs = {
  localId: Scalars['String']['input'];
};


export type QueryMatchPersonArgs = {
  idNumber: Scalars['IDNumber']['input'];
};


export type QueryLinkConflictsArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryConsentsArgs = {
  personId: Scalars['ID']['input'];
};


export type QueryConsentTextArgs = {
  input: ConsentTermsInput;
};


export type QueryEmergencyReviewsArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryEmergencyFiguresArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


export type QueryDataRequestsArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMyAccessLogArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMyConsentsArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryWhoCanSeeArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryMyNoticesArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryMyDataRequestsArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryReferralArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReferralsArgs = {
  box: ReferralBox;
  filter?: InputMaybe<ReferralFilter>;
  order?: InputMaybe<ReferralOrder>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReferralCountsArgs = {
  box: ReferralBox;
};


export type QueryIntakesArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMyReferralsArgs = {
  personId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReferralChangesArgs = {
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  start?: InputMaybe<ReferralFeedStart>;
};


export type QueryWebhookDeadLettersArgs = {
  webhookId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** 记下一次来访。 / Records a contact. */
export type RecordIntakeInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 渠道。 / Channel. */
  readonly channel: IntakeChannel;
  /** 理由代码。 / Reason code. */
  readonly reasonCode: ReferralReason;
  /** 来访者所在区划，若知。 / Division of the contact, if known. */
  readonly division?: InputMaybe<Scalars['DivisionCode']['input']>;
};

/** 记录的结果。 / Result. */
export type RecordIntakePayload = {
  /** 来访的记录。 / The contact. */
  readonly intake?: Maybe<Intake>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<ReferralUserError>;
};

/** 转介（闭环）。接受之前，目标方只见理由、优先级、年龄段与区划。 / A referral, a closed loop. Before it accepts, the target sees reason, priority, age band and division only. */
export type Referral = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 版本；每一步加一，下一步须给出它。 / Version; one more with each move, and what the next move must name. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 种类。 / Kind. */
  readonly kind: ReferralKind;
  /** 状态（FHIR R4 Task.status）。 / State (FHIR R4 Task.status). */
  readonly state: ReferralState;
  /** 优先级。 / Priority. */
  readonly priority: ReferralPriority;
  /** 转出方；强制报告的来源对后续接收方不显示。 / Who refers; of a mandatory report withheld from all but the first recipient. */
  readonly requester?: Maybe<ReferralParty>;
  /** 目标方。 / Who is asked. */
  readonly target: ReferralParty;
  /** 目标方的服务。 / The target's service. */
  readonly service?: Maybe<Service>;
  /** 理由代码。 / Reason code. */
  readonly reasonCode: ReferralReason;
  /** 理由，只有两方可见。 / The reason in words; for the two parties only. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** 年龄段。 / Age band. */
  readonly ageBand: AgeBand;
  /** 所在区划。 / Division of residence. */
  readonly division?: Maybe<Scalars['DivisionCode']['output']>;
  /** 所转介的人；目标方接受之后可见。 / Whom it is about; for the target from acceptance on. */
  readonly subject?: Maybe<Person>;
  /** 所共享的类别；目标方接受之后可见。 / Categories shared; for the target from acceptance on. */
  readonly categories?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** 共享的依据。 / What the sharing stands on. */
  readonly basis: AccessBasis;
  /** 依据是否还在；不在则不再共享，双方须取消或另行指明依据。 / Whether the basis stands; if not, nothing is shared, and both sides are asked to cancel or to name another. */
  readonly basisStands: Scalars['Boolean']['output'];
  /** 由哪一项转介而来。 / The referral that this one goes on from. */
  readonly basedOn?: Maybe<Referral>;
  /** 由此再转出的。 / Those that go on from this one. */
  readonly onward?: Maybe<ReadonlyArray<Referral>>;
  /** 发起时刻。 / When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** 接受时刻。 / When it was accepted. */
  readonly acceptedAt?: Maybe<Scalars['DateTime']['output']>;
  /** 结束时刻。 / When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** 转出方确认的时刻：闭环。 / When the requester acknowledged: the loop is closed. */
  readonly loopClosedAt?: Maybe<Scalars['DateTime']['output']>;
  /** 拒绝的代码、理由与建议的下一个服务。 / Code and reason of a rejection, and the services proposed next. */
  readonly rejection?: Maybe<ReferralRejection>;
  /** 完成的结果。 / Coded outcome. */
  readonly outcome?: Maybe<ReferralOutcome>;
  /** 给转出方的建议，只有两方可见。 / Advice back; for the two parties only. */
  readonly advice?: Maybe<Scalars['String']['output']>;
  /** 取消、失败或谢绝的理由，只有两方可见。 / Why it was cancelled, failed or declined; for the two parties only. */
  readonly endingReason?: Maybe<Scalars['String']['output']>;
  /** 本步的时钟。 / The clocks of its steps. */
  readonly clocks: ReadonlyArray<ReferralClock>;
  /** 现在是否超时；对目标方只计其自己的时钟。 / Whether it is overdue now; for the target by its own clocks alone. */
  readonly overdue: Scalars['Boolean']['output'];
  /** 约定的时间。 / The appointment. */
  readonly appointment?: Maybe<Appointment>;
  /** 出院康复评估。 / Discharge assessment. */
  readonly dischargeAssessment?: Maybe<DischargeAssessment>;
  /** 国家康复转介平台的编号。 / Reference number of the national rehabilitation platform. */
  readonly platformNumber?: Maybe<Scalars['String']['output']>;
  /** 附件的引用；枢纽不存文件。 / Attachments by reference; the hub holds no document. */
  readonly attachments?: Maybe<ReadonlyArray<ReferralAttachment>>;
  /** 沟通记录，只有两方可见。 / Communication log; for the two parties only. */
  readonly messages?: Maybe<ReadonlyArray<ReferralMessage>>;
  /** 随访任务。 / Follow-up tasks. */
  readonly followUps?: Maybe<ReadonlyArray<ReferralFollowUp>>;
  /** 经过。 / History. */
  readonly history: ReadonlyArray<ReferralHistoryEntry>;
  /** 您是哪一方；部门系统可兼为两方。 / Which side you are; a department's system may be both. */
  readonly yourRoles: ReadonlyArray<ReferralRole>;
  /** 您现在能做什么，不能做的为什么。 / What you may do now, and why not the rest. */
  readonly availableMoves: ReadonlyArray<AvailableMove>;
};

/** 附件的引用。 / An attachment by reference. */
export type ReferralAttachment = {
  /** 标题。 / Title. */
  readonly title: Scalars['String']['output'];
  /** 在该方系统中的编号。 / Reference in the party's own system. */
  readonly reference: Scalars['String']['output'];
};

/** 附件的引用。 / An attachment by reference. */
export type ReferralAttachmentInput = {
  /** 标题。 / Title. */
  readonly title: Scalars['String']['input'];
  /** 在该方系统中的编号。 / Reference in the party's own system. */
  readonly reference: Scalars['String']['input'];
};

/** 收件箱或发件箱。 / Inbox or outbox. */
export type ReferralBox =
  /** 转给您的。 / Referred to you. */
  | 'INBOX'
  /** 您转出的。 / Referred by you. */
  | 'OUTBOX';

/** 变更流中的一项。 / A change in the feed. */
export type ReferralChange = {
  /** 编号；回调中的 webhook-id 与之相同。 / Id; a webhook's webhook-id is the same. */
  readonly id: Scalars['ID']['output'];
  /** 转介编号。 / Id of the referral. */
  readonly referralId: Scalars['ID']['output'];
  /** 种类；催办通知（OVERDUE）不说种类。 / Kind; the notice of an overdue clock (OVERDUE) does not tell it. */
  readonly kind?: Maybe<ReferralKind>;
  /** 发生了什么：一步（见 ReferralMove），或自行发生的：OVERDUE、BASIS_ENDED；将来可能增加。 / What happened: a move (see ReferralMove), or what came by itself: OVERDUE, BASIS_ENDED; there may be more in time. */
  readonly change: Scalars['String']['output'];
  /** OVERDUE 的催办步骤。 / Of OVERDUE: the step of escalation. */
  readonly step?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 此后的状态。 / State after it. */
  readonly state: ReferralState;
  /** 此后的版本。 / Version after it. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 时刻。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 转介现在的样子，可能比此项变更更新；不是其一方即为空。 / The referral as it is now, perhaps later than this change; null for whoever is not a party. */
  readonly referral?: Maybe<Referral>;
};

/** 变更流的一页。空页也可能有下一页：从 endCursor 继续。 / A page of the feed. An empty page may have a next one: go on from endCursor. */
export type ReferralChangeConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<ReferralChangeEdge>;
  /** 翻页信息。 / Page info. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type ReferralChangeEdge = {
  /** 游标；只在本方的流中有效。 / Cursor; it is good for this side's feed alone. */
  readonly cursor: Scalars['String']['output'];
  /** 变更。 / The change. */
  readonly node: ReferralChange;
};

/** 一步的时钟。 / The clock of a step. */
export type ReferralClock = {
  /** 哪一步。 / Which step. */
  readonly step: ReferralClockStep;
  /** 由哪一方遵守；超时先上报其上级机构。 / Whose it is to meet; overdue, it escalates to that side's supervisor first. */
  readonly side: ReferralRole;
  /** 何时到期。 / When it is due. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** 何时停止；在走时为空。 / When it stopped; null while it runs. */
  readonly stoppedAt?: Maybe<Scalars['DateTime']['output']>;
  /** 已上报到第几级。 / How far it has been escalated. */
  readonly escalated: Scalars['NonNegativeInt']['output'];
};

/** 时钟所计的一步。 / The step that a clock measures. */
export type ReferralClockStep =
  /** 首次答复。 / First answer. */
  | 'FIRST_ANSWER'
  /** 交到服务机构。 / Handed over to the serving institution. */
  | 'HAND_OVER'
  /** 暂停之后的复核。 / A look at what is on hold. */
  | 'HOLD_REVIEW'
  /** 强制报告的处理结果须反馈。 / The result of a mandatory report is fed back. */
  | 'FEEDBACK'
  /** 转出方确认结果。 / The requester acknowledges how it ended. */
  | 'ACKNOWLEDGEMENT'
  /** 依据终止后，转出方另行指明或取消。 / After the basis ended the requester names another or cancels. */
  | 'BASIS';

/** 转介的一页。 / A page of referrals. */
export type ReferralConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<ReferralEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 某状态的项数。 / How many of a state. */
export type ReferralCount = {
  /** 状态。 / State. */
  readonly state: ReferralState;
  /** 项数。 / Count. */
  readonly count: Scalars['NonNegativeInt']['output'];
};

/** 一项。 / An edge. */
export type ReferralEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 转介。 / The referral. */
  readonly node: Referral;
};

/** 没有游标时从哪里开始。 / Where to begin without a cursor. */
export type ReferralFeedStart =
  /** 从头。 / At the beginning. */
  | 'OLDEST'
  /** 从现在：一页空页，其 endCursor 之后是此后的变更。 / Now: an empty page, behind whose endCursor comes what happens from here on. */
  | 'NOW';

/** 筛选。 / Filter. */
export type ReferralFilter = {
  /** 状态。 / State. */
  readonly state?: InputMaybe<ReferralState>;
  /** 种类。 / Kind. */
  readonly kind?: InputMaybe<ReferralKind>;
  /** 目标方的服务。 / The target's service. */
  readonly serviceId?: InputMaybe<Scalars['ID']['input']>;
  /** 只要超时的：收件箱按目标方的时钟，发件箱按双方的。 / Only what is overdue: in the inbox by the target's clocks, in the outbox by those of both sides. */
  readonly overdue?: InputMaybe<Scalars['Boolean']['input']>;
  /** 只要已完成、未能完成或被拒绝，而转出方尚未确认的。 / Only what was completed, failed or rejected, and not acknowledged by the requester yet. */
  readonly loopOpen?: InputMaybe<Scalars['Boolean']['input']>;
  /** 只要有己方随访任务到期的：收件箱为目标方的，发件箱为转出方的；先到期的在前。 / Only what has a follow-up task of your side's due: in the inbox the target's, in the outbox the requester's; what is due first comes first. */
  readonly followUpDue?: InputMaybe<Scalars['Boolean']['input']>;
};

/** 随访任务。 / A follow-up task. */
export type ReferralFollowUp = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 由哪一方完成。 / Whose task it is. */
  readonly role: ReferralRole;
  /** 到期日。 / Due on. */
  readonly dueOn: Scalars['Date']['output'];
  /** 内容。 / What is to be done. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** 完成时刻。 / When it was done. */
  readonly completedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** 经过的一步。 / One step of the history. */
export type ReferralHistoryEntry = {
  /** 哪一步。 / Which move. */
  readonly move: ReferralMove;
  /** 时刻。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 之后的状态。 / The state after it. */
  readonly state: ReferralState;
  /** 之后的版本。 / The version after it. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 由哪一方；枢纽自己做的为空。 / By which side; null for what the hub did. */
  readonly role?: Maybe<ReferralRole>;
};

/** 转介的种类。 / Kind of referral. */
export type ReferralKind =
  /** 一般服务。 / Ordinary service. */
  | 'SERVICE'
  /** 双向转介：医院转社区。 / Two-way: from hospital to community. */
  | 'TWO_WAY_DOWN'
  /** 双向转介：社区转医院。 / Two-way: from community to hospital. */
  | 'TWO_WAY_UP'
  /** 绿色通道：社区康复中复发，直接回到医院。 / Green channel: a relapse in community rehabilitation goes straight back to the hospital. */
  | 'GREEN_CHANNEL'
  /** 危机。 / Crisis. */
  | 'CRISIS'
  /** 强制报告。 / Mandatory report. */
  | 'MANDATORY_REPORT'
  /** 热线来访。 / From a hotline contact. */
  | 'HOTLINE_INTAKE'
  /** 调解中的心理支持。 / A counsellor beside the mediator. */
  | 'MEDIATION_SUPPORT';

/** 沟通记录的一条。 / A message. */
export type ReferralMessage = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 时刻。 / When. */
  readonly at: Scalars['DateTime']['output'];
  /** 哪一方。 / Which side. */
  readonly role: ReferralRole;
  /** 种类。 / Kind. */
  readonly kind: ReferralMessageKind;
  /** 内容；已被销毁的为空。 / The text; null where it was destroyed. */
  readonly text?: Maybe<Scalars['String']['output']>;
};

/** 沟通记录的种类。 / Kind of message. */
export type ReferralMessageKind =
  /** 请补充信息。 / A request for information. */
  | 'INFORMATION_REQUEST'
  /** 补充的信息。 / The information. */
  | 'INFORMATION'
  /** 一般沟通。 / A message. */
  | 'MESSAGE';

/** 可以做的一步。 / A move. */
export type ReferralMove =
  /** 发起。 / Create. */
  | 'CREATE'
  /** 接受。 / Accept. */
  | 'ACCEPT'
  /** 拒绝。 / Reject. */
  | 'REJECT'
  /** 请补充信息。 / Request information. */
  | 'REQUEST_INFORMATION'
  /** 补充信息。 / Provide information. */
  | 'PROVIDE_INFORMATION'
  /** 沟通。 / Message. */
  | 'MESSAGE'
  /** 取消。 / Cancel. */
  | 'CANCEL'
  /** 开始。 / Start. */
  | 'START'
  /** 暂停。 / Hold. */
  | 'HOLD'
  /** 恢复。 / Resume. */
  | 'RESUME'
  /** 完成。 / Complete. */
  | 'COMPLETE'
  /** 未能完成。 / Fail. */
  | 'FAIL'
  /** 确认。 / Acknowledge. */
  | 'ACKNOWLEDGE'
  /** 谢绝。 / Decline. */
  | 'DECLINE'
  /** 标为录入错误。 / Mark as entered in error. */
  | 'MARK_ENTERED_IN_ERROR'
  /** 再转出。 / Refer onward. */
  | 'REFER_ONWARD'
  /** 另指依据。 / Name another basis. */
  | 'NAME_BASIS'
  /** 约定时间。 / Schedule an appointment. */
  | 'SCHEDULE_APPOINTMENT'
  /** 加随访任务。 / Add a follow-up task. */
  | 'ADD_FOLLOW_UP'
  /** 完成随访任务。 / Complete a follow-up task. */
  | 'COMPLETE_FOLLOW_UP'
  /** 加入团队。 / Join the care team. */
  | 'JOIN_CARE_TEAM'
  /** 退出团队。 / Leave the care team. */
  | 'LEAVE_CARE_TEAM'
  /** 依据已终止（由枢纽记下）。 / The basis ended (noted by the hub). */
  | 'BASIS_ENDED'
  /** 超时上报（由枢纽）。 / Escalated, being overdue (by the hub). */
  | 'ESCALATE';

/** 一步。 / A move. */
export type ReferralMoveInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** 次序。 / Order. */
export type ReferralOrder =
  /** 先到的在前。 / Oldest first. */
  | 'OLDEST_FIRST'
  /** 新的在前。 / Newest first. */
  | 'NEWEST_FIRST'
  /** 先到期的在前；只含时钟在走的。 / What is due first; only those with a running clock. */
  | 'DUE_FIRST';

/** 完成的结果。 / Coded outcome. */
export type ReferralOutcome =
  /** 已服务。 / Served. */
  | 'SERVED'
  /** 联系不上。 / Unreachable. */
  | 'UNREACHABLE'
  /** 已迁离。 / Moved. */
  | 'MOVED'
  /** 已去世。 / Died. */
  | 'DIED'
  /** 本人谢绝。 / Declined by the person. */
  | 'DECLINED_BY_PERSON'
  /** 其他。 / Other. */
  | 'OTHER';

/** 转介的一方。 / A party of a referral. */
export type ReferralParty = {
  /** 部门；没有部门系统的为空。 / Department; null for a party without a departmental system. */
  readonly department?: Maybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation: Organisation;
  /** 区划。 / Division. */
  readonly division: Scalars['DivisionCode']['output'];
};

/** 一步的结果。 / Result of a move. */
export type ReferralPayload = {
  /** 转介现在的样子；一步遇 CONFLICT 时亦然。 / The referral as it is now; also with the CONFLICT of a move. */
  readonly referral?: Maybe<Referral>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<ReferralUserError>;
};

/** 优先级。 / Priority. */
export type ReferralPriority =
  /** 常规：五个工作日内答复。 / Routine: answered within five working days. */
  | 'ROUTINE'
  /** 紧急：24 小时。 / Urgent: 24 hours. */
  | 'URGENT'
  /** 危机：2 小时，昼夜不停。 / Crisis: 2 hours, around the clock. */
  | 'CRISIS';

/** 理由代码。 / Reason code. */
export type ReferralReason =
  /** 情绪与抑郁。 / Mood, depression. */
  | 'MOOD'
  /** 焦虑与压力。 / Anxiety, stress. */
  | 'ANXIETY'
  /** 自伤或自杀风险。 / Self-harm or suicide. */
  | 'SELF_HARM'
  /** 精神障碍的评估或治疗。 / Assessment or treatment of a mental disorder. */
  | 'PSYCHIATRIC_CARE'
  /** 社区康复。 / Community rehabilitation. */
  | 'REHABILITATION'
  /** 复发。 / Relapse. */
  | 'RELAPSE'
  /** 家庭矛盾。 / Family conflict. */
  | 'FAMILY'
  /** 家庭暴力。 / Domestic violence. */
  | 'DOMESTIC_VIOLENCE'
  /** 欺凌。 / Bullying. */
  | 'BULLYING'
  /** 对未成年人的侵害。 / Harm to a minor. */
  | 'HARM_TO_MINOR'
  /** 丧亲与哀伤。 / Bereavement. */
  | 'BEREAVEMENT'
  /** 经济困难与救助。 / Hardship, assistance. */
  | 'HARDSHIP'
  /** 法律援助。 / Legal aid. */
  | 'LEGAL_AID'
  /** 调解。 / Mediation. */
  | 'MEDIATION'
  /** 就业与劳动。 / Work. */
  | 'WORK'
  /** 其他。 / Other. */
  | 'OTHER';

/** 一步，附理由。 / A move with a reason. */
export type ReferralReasonInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 理由，只有两方可见。 / The reason; for the two parties only. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** 拒绝。 / A rejection. */
export type ReferralRejection = {
  /** 代码。 / Code. */
  readonly code: RejectionCode;
  /** 理由，只有两方可见。 / The reason; for the two parties only. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** 建议的下一个服务。 / Services proposed next. */
  readonly nextServices: ReadonlyArray<ProposedService>;
};

/** 转介中的角色。 / Role in a referral. */
export type ReferralRole =
  /** 转出方。 / Requester. */
  | 'REQUESTER'
  /** 目标方。 / Target. */
  | 'TARGET'
  /** 本人或监护人。 / The person or the guardian. */
  | 'PERSON';

/** 转介的状态。 / State of a referral. */
export type ReferralState =
  /** 待答复。 / Requested. */
  | 'REQUESTED'
  /** 已接受。 / Accepted. */
  | 'ACCEPTED'
  /** 服务中。 / In progress. */
  | 'IN_PROGRESS'
  /** 暂停。 / On hold. */
  | 'ON_HOLD'
  /** 已完成。 / Completed. */
  | 'COMPLETED'
  /** 未能完成。 / Failed. */
  | 'FAILED'
  /** 已拒绝。 / Rejected. */
  | 'REJECTED'
  /** 已取消。 / Cancelled. */
  | 'CANCELLED'
  /** 录入错误。 / Entered in error. */
  | 'ENTERED_IN_ERROR';

/** 目标方。 / The target. */
export type ReferralTargetInput = {
  /** 机构，见目录。 / Organisation, in the directory. */
  readonly organisation: Scalars['ID']['input'];
  /** 其服务，见目录。 / Its service, in the directory. */
  readonly serviceId?: InputMaybe<Scalars['ID']['input']>;
};

/** 一步，附文字。 / A move with a text. */
export type ReferralTextInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 内容，只有两方可见。 / The text; for the two parties only. */
  readonly text: Scalars['String']['input'];
};

/** 使用者可以改正的错误。 / An error that the user can mend. */
export type ReferralUserError = {
  /** 代码。 / Code. */
  readonly code: ReferralUserErrorCode;
  /** 中文与英文说明。 / Explanation in Chinese and English. */
  readonly message: Scalars['String']['output'];
  /** 输入字段的路径。 / Path of the input field. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** 为何拒绝一步。 / Why a move was refused. */
export type ReferralUserErrorCode =
  /** 输入无效。 / Invalid input. */
  | 'INVALID'
  /** 不存在，或不是其一方。 / Not there, or you are no party. */
  | 'NOT_FOUND'
  /** 这一步由另一方做。 / The other side makes this move. */
  | 'NOT_YOUR_MOVE'
  /** 现在的状态不允许。 / The present state does not allow it. */
  | 'WRONG_STATE'
  /** 已被他人改变：见所附的现状与版本。 / Changed by somebody else meanwhile: see the present state and version. */
  | 'CONFLICT'
  /** 幂等键已用于另一内容。 / The idempotency key was used for something else. */
  | 'KEY_REUSED'
  /** 没有覆盖目标方与各类别的同意，也没有别的依据。 / No consent covers target and categories, and there is no other basis. */
  | 'BASIS_MISSING'
  /** 类别超出您自己可见的，或其部门不许转手。 / A category beyond what you see yourself, or that its department does not let be handed on. */
  | 'CATEGORY_NOT_ALLOWED'
  /** 没有这个类别。 / There is no such category. */
  | 'UNKNOWN_CATEGORY'
  /** 目录中没有这个目标方，或它不接收转介。 / The directory has no such target, or it takes no referrals. */
  | 'UNKNOWN_TARGET'
  /** 不能转给自己。 / One cannot refer to oneself. */
  | 'OWN_TARGET'
  /** 须说明理由。 / A reason is needed. */
  | 'REASON_MISSING'
  /** 危机与绿色通道，医院不得以已满为由拒绝（精神卫生法第二十八条）；强制报告，任何一方都不得（未成年人保护法第十一条）。 / A hospital cannot reject a crisis or green channel for capacity (精神卫生法 art. 28), and nobody a mandatory report (未成年人保护法 art. 11). */
  | 'CAPACITY_NO_GROUND'
  /** 此种类须由一项相应的转介而来。 / This kind goes on from another referral that fits. */
  | 'BASED_ON_MISSING'
  /** 此种类的转出方或目标方不合。 / Requester or target do not fit this kind. */
  | 'PARTIES_DO_NOT_FIT'
  /** 缺出院康复评估。 / The discharge assessment is missing. */
  | 'DISCHARGE_ASSESSMENT_MISSING'
  /** 此种类须另一查询目的（x-purpose-of-use）。 / This kind needs another purpose of use (x-purpose-of-use). */
  | 'WRONG_PURPOSE'
  /** 已确认过。 / Acknowledged already. */
  | 'ALREADY_CLOSED'
  /** 此来访已成为另一项转介。 / This contact has become another referral already. */
  | 'INTAKE_USED'
  /** 已满额，不能再加。 / There is no room for more. */
  | 'TOO_MANY'
  /** 依据仍在。 / The basis stands. */
  | 'BASIS_STANDS';

/** 登记一个人。 / Registers a person. */
export type RegisterPersonInput = {
  /** 幂等键：同一客户端、同一键得到同一结果。 / Idempotency key: the same client and key give the same result. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 身份号码。 / ID number. */
  readonly idNumber?: InputMaybe<Scalars['IDNumber']['input']>;
  /** 姓名。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 性别；省略时取自身份号码。 / Sex; from the ID number when left out. */
  readonly sex?: InputMaybe<Sex>;
  /** 出生日期；省略时取自身份号码。 / Birth date; from the ID number when left out. */
  readonly birthDate?: InputMaybe<Scalars['PartialDate']['input']>;
  /** 所在区划。 / Division of residence. */
  readonly division: Scalars['DivisionCode']['input'];
  /** 本部门的本地编号。 / The local id at the caller's department. */
  readonly localId: Scalars['String']['input'];
  /** 登记的依据：经办事项编号，60 个字符以内，含数字，不写叙述。 / Why: reference of the matter on which the department acts, at most 60 characters, with a digit, no prose. */
  readonly basisReference: Scalars['String']['input'];
};

/** 登记的结果。 / Result of a registration. */
export type RegisterPersonPayload = {
  /** 登记的人；出错时为空。 / The person; null on error. */
  readonly person?: Maybe<Person>;
  /** 是否新登记。 / Whether the person is new. */
  readonly created?: Maybe<Scalars['Boolean']['output']>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 登记回调。 / Registers a webhook. */
export type RegisterWebhookInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** https 地址，至多 500 字符；内网地址须由运维方放行。 / An https address of at most 500 characters; the operator has to allow intranet addresses. */
  readonly url: Scalars['String']['input'];
};

/** 一段社区康复（FHIR EpisodeOfCare）。 / One course of community rehabilitation (FHIR EpisodeOfCare). */
export type Rehabilitation = {
  /** 康复项目。 / Programme. */
  readonly programme: Scalars['String']['output'];
  /** 社区康复站点。 / Rehabilitation station. */
  readonly station?: Maybe<Scalars['String']['output']>;
  /** 状态；未记录为空，码表外为 OTHER。 / Status; null where not recorded, OTHER outside the code set. */
  readonly status?: Maybe<RehabilitationStatus>;
  /** 开始日期。 / First day. */
  readonly from: Scalars['PartialDate']['output'];
  /** 结束日期；进行中为空。 / Last day; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
};

/** 社区康复的状态（FHIR episode-of-care-status）。 / Status of a course of rehabilitation (FHIR episode-of-care-status). */
export type RehabilitationStatus =
  /** 计划中。 / Planned. */
  | 'PLANNED'
  /** 进行中。 / Going on. */
  | 'ACTIVE'
  /** 暂停。 / On hold. */
  | 'ON_HOLD'
  /** 已结束。 / Finished. */
  | 'FINISHED'
  /** 已取消。 / Cancelled. */
  | 'CANCELLED'
  /** 码表外代码。 / A code outside the code set. */
  | 'OTHER';

/** 一段安置帮教。 / One period of reintegration support. */
export type Reintegration = {
  /** 开始日期；登记不可读时为空。 / First day; null where it was not legibly recorded. */
  readonly from?: Maybe<Scalars['PartialDate']['output']>;
  /** 结束日期；仍在帮教时为空。 / Last day; null while it goes on. */
  readonly to?: Maybe<Scalars['PartialDate']['output']>;
  /** 帮教工作人员。 / The worker who supports the person. */
  readonly worker?: Maybe<Scalars['String']['output']>;
  /** 司法所。 / The justice office in charge. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 拒绝代码。 / Code of a rejection. */
export type RejectionCode =
  /** 已满。 / At capacity. */
  | 'AT_CAPACITY'
  /** 不符合条件。 / Not eligible. */
  | 'NOT_ELIGIBLE'
  /** 不在服务区域。 / Out of area. */
  | 'OUT_OF_AREA'
  /** 须先进一步评估。 / More assessment needed. */
  | 'MORE_ASSESSMENT_NEEDED'
  /** 缺少同意。 / Consent missing. */
  | 'CONSENT_MISSING'
  /** 重复。 / Duplicate. */
  | 'DUPLICATE'
  /** 其他（须说明）。 / Other (say what). */
  | 'OTHER';

/** 拒绝。 / Rejects. */
export type RejectReferralInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 代码。 / Code. */
  readonly code: RejectionCode;
  /** 理由；OTHER 时必填。 / The reason; required with OTHER. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** 重放的结果。 / Result of a replay. */
export type ReplayWebhookDeadLettersPayload = {
  /** 回调。 / The webhook. */
  readonly webhook?: Maybe<Webhook>;
  /** 重放了几条。 / How many are replayed. */
  readonly replayed: Scalars['NonNegativeInt']['output'];
  /** 还有未及重放的：待这些送达后再来。 / There are more, for whom there was no room: again once these are delivered. */
  readonly more: Scalars['Boolean']['output'];
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<WebhookUserError>;
};

/** 裁定一项冲突。 / Decides a conflict. */
export type ResolveLinkConflictInput = {
  /** 冲突编号。 / Id of the conflict. */
  readonly conflictId: Scalars['ID']['input'];
  /** 本地编号属于谁；都不属于时为空。 / Whose the local id is; null for nobody's. */
  readonly personId?: InputMaybe<Scalars['ID']['input']>;
  /** 理由。 / Reason. */
  readonly reason: Scalars['String']['input'];
};

/** 裁定的结果。 / Result of a decision. */
export type ResolveLinkConflictPayload = {
  /** 冲突编号；出错时为空。 / Id of the conflict; null on error. */
  readonly conflictId?: Maybe<Scalars['ID']['output']>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 撤销一个条目。 / Retires an entry. */
export type RetireEntryInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['input'];
  /** 改动所据的版本；新建为 0。 / The version that was changed; 0 for a new entry. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
};

/** 复核一次紧急查阅。 / Reviews an emergency access. */
export type ReviewEmergencyAccessInput = {
  /** 编号。 / Id. */
  readonly emergencyAccessId: Scalars['ID']['input'];
  /** 结论。 / Verdict. */
  readonly verdict: EmergencyVerdict;
  /** 后续处理；不正当时必填。 / Follow-up; required where not justified. */
  readonly followUp?: InputMaybe<Scalars['String']['input']>;
};

/** 复核的结果。 / Result. */
export type ReviewEmergencyAccessPayload = {
  /** 编号；出错时为空。 / Id; null on error. */
  readonly emergencyAccessId?: Maybe<Scalars['ID']['output']>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** 一件维权个案。 / One rights case. */
export type RightsCase = {
  /** 案由；不在码表内时为 OTHER。 / Kind; OTHER when the department's word is outside the code set. */
  readonly kind: RightsCaseKind;
  /** 妇联登记的案由，原样。 / The kind in the department's own word. */
  readonly kindText: Scalars['String']['output'];
  /** 办理阶段；不在码表内时为空。 / Stage; null when the department's word is outside the code set. */
  readonly stage?: Maybe<RightsCaseStage>;
  /** 受理日期。 / Day on which the case was accepted. */
  readonly acceptedOn: Scalars['Date']['output'];
  /** 结案日期。 / Day on which it was closed. */
  readonly closedOn?: Maybe<Scalars['Date']['output']>;
  /** 是否已申请人身安全保护令。 / Whether a personal safety protection order was applied for. */
  readonly protectionOrder?: Maybe<Scalars['Boolean']['output']>;
  /** 承办单位。 / The office in charge. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 是否已封存。 / Whether the case is sealed. */
  readonly sealed: Scalars['Boolean']['output'];
};

/** 维权个案案由。 / Kinds of rights cases. */
export type RightsCaseKind =
  /** 家庭暴力。 / Domestic violence. */
  | 'DOMESTIC_VIOLENCE'
  /** 婚姻纠纷。 / Marriage dispute. */
  | 'MARRIAGE_DISPUTE'
  /** 抚养与探望。 / Custody and visiting. */
  | 'CUSTODY'
  /** 财产权益。 / Property. */
  | 'PROPERTY'
  /** 劳动权益。 / Rights at work. */
  | 'LABOUR_RIGHTS'
  /** 土地权益。 / Rights to land. */
  | 'LAND_RIGHTS'
  /** 性骚扰与性侵害。 / Sexual harassment and assault. */
  | 'SEXUAL_HARM'
  /** 其他或码表外的案由。 / Another kind, or a word outside the code set. */
  | 'OTHER';

/** 维权个案办理阶段。 / Stages of a rights case. */
export type RightsCaseStage =
  /** 已受理。 / Accepted. */
  | 'ACCEPTED'
  /** 调查中。 / Being looked into. */
  | 'INVESTIGATING'
  /** 调解中。 / In mediation. */
  | 'MEDIATING'
  /** 已转介。 / Passed on to another authority. */
  | 'TRANSFERRED'
  /** 诉讼支持。 / Supported in court. */
  | 'LITIGATION'
  /** 已结案。 / Closed. */
  | 'CLOSED';

/** 换新密钥。 / Makes a new secret. */
export type RotateWebhookSecretInput = {
  /** 编号。 / Id. */
  readonly webhookId: Scalars['ID']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** 约定时间。 / Makes an appointment. */
export type ScheduleAppointmentInput = {
  /** 转介。 / The referral. */
  readonly referralId: Scalars['ID']['input'];
  /** 您所见的版本。 / The version that you saw. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 开始。 / Start. */
  readonly start: Scalars['DateTime']['input'];
  /** 结束。 / End. */
  readonly end?: InputMaybe<Scalars['DateTime']['input']>;
  /** 地点，见目录。 / Location, in the directory. */
  readonly locationId?: InputMaybe<Scalars['ID']['input']>;
};

/** 服务（HSDS service，FHIR HealthcareService）。 / A service (HSDS service, FHIR HealthcareService). */
export type Service = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 提供机构。 / Who provides it. */
  readonly organisation: Organisation;
  /** 名称。 / Name. */
  readonly name: Scalars['String']['output'];
  /** 别名。 / Alternate name. */
  readonly alternateName?: Maybe<Scalars['String']['output']>;
  /** 简介。 / Description. */
  readonly description: Scalars['String']['output'];
  /** 种类。 / Kind. */
  readonly kind: ServiceKind;
  /** 状态。 / Status. */
  readonly status: ServiceStatus;
  /** 所针对的需要。 / What it is for. */
  readonly needs: ReadonlyArray<ServiceNeed>;
  /** 条件。 / Who may use it. */
  readonly eligibility: Eligibility;
  /** 服务区域。 / Divisions that it serves. */
  readonly areas: ReadonlyArray<Scalars['DivisionCode']['output']>;
  /** 场所。 / Where. */
  readonly locations: ReadonlyArray<Location>;
  /** 开放时间。 / Opening hours. */
  readonly schedules: ReadonlyArray<OpeningHours>;
  /** 按开放时间，现在是否开放。 / Whether it is open now, by its hours. */
  readonly openNow: Scalars['Boolean']['output'];
  /** 费用；空为未列明。 / Costs; none = not listed. */
  readonly fees: ReadonlyArray<CostOption>;
  /** 语言（BCP 47），如 zh、yue、csl。 / Languages (BCP 47), like zh, yue, csl. */
  readonly languages: ReadonlyArray<Scalars['String']['output']>;
  /** 容量；无人填报时为空。 / Capacity; null where nobody has said. */
  readonly capacity?: Maybe<ServiceCapacity>;
  /** 电话。 / Telephone numbers. */
  readonly phones: ReadonlyArray<Phone>;
  /** 联系人。 / Contacts. */
  readonly contacts: ReadonlyArray<Contact>;
  /** 如何申请。 / How to apply. */
  readonly applicationProcess: Scalars['String']['output'];
  /** 是否接收危机转介。 / Whether it takes crises. */
  readonly takesCrises: Scalars['Boolean']['output'];
  /** 是否设绿色通道。 / Whether it has a green channel. */
  readonly greenChannel: Scalars['Boolean']['output'];
  /** 条目最近核实日期。 / The day the entry was last checked. */
  readonly assuredDate?: Maybe<Scalars['Date']['output']>;
  /** 轮岗值班表，至多 31 天。 / Duty roster, 31 days at most. */
  readonly dutyRoster: ReadonlyArray<DutyShift>;
  /** 现在值班的人员。 / Who is on duty now. */
  readonly onDuty: ReadonlyArray<Professional>;
  /** 版本，用作 expectedVersion。 / Version, to be given as expectedVersion. */
  readonly version: Scalars['NonNegativeInt']['output'];
  /** 最近更新时刻。 / When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** 撤销时刻；在用时为空。 / When it was retired; null while in use. */
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
};


/** 服务（HSDS service，FHIR HealthcareService）。 / A service (HSDS service, FHIR HealthcareService). */
export type ServiceDutyRosterArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

/** 容量及其确认日期。 / Capacity and the day it was assured. */
export type ServiceCapacity = {
  /** 状态。 / State. */
  readonly state: CapacityState;
  /** 空余名额；不计数时为空。 / Places free; null where nobody counts them. */
  readonly available?: Maybe<Scalars['NonNegativeInt']['output']>;
  /** 确认日期。 / The day it was assured. */
  readonly assuredDate: Scalars['Date']['output'];
  /** 说明。 / Note. */
  readonly note: Scalars['String']['output'];
  /** 更新时刻。 / When it was set. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** 服务的一页。 / A page of services. */
export type ServiceConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<ServiceEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type ServiceEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 与所问区划的关系。 / How it stands to the division asked for. */
  readonly reach: ServiceReach;
  /** 服务。 / The service. */
  readonly node: Service;
};

/** 筛选；各项同时成立。 / All that are given must hold. */
export type ServiceFilter = {
  /** 需要。 / Need. */
  readonly need?: InputMaybe<ServiceNeed>;
  /** 周岁。 / Age in completed years. */
  readonly age?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 生命周期阶段。 / Life stage. */
  readonly lifeStage?: InputMaybe<LifeStage>;
  /** 对象。 / Audience. */
  readonly audience?: InputMaybe<Audience>;
  /** 区划：其内的服务与上级区划的服务。 / Division: services within it and of those above it. */
  readonly division?: InputMaybe<Scalars['DivisionCode']['input']>;
  /** 也列出相邻（同一上级）区划的服务。 / Also services of neighbouring divisions (same parent). */
  readonly neighbours?: InputMaybe<Scalars['Boolean']['input']>;
  /** 语言（BCP 47）。 / Language (BCP 47). */
  readonly language?: InputMaybe<Scalars['String']['input']>;
  /** 种类。 / Kind. */
  readonly kind?: InputMaybe<ServiceKind>;
  /** 机构。 / Organisation. */
  readonly organisation?: InputMaybe<Scalars['ID']['input']>;
  /** 容量为其中之一。 / Capacity is one of these. */
  readonly capacity?: InputMaybe<ReadonlyArray<CapacityState>>;
  /** 现在开放且可接收。 / Open now by its hours, and its capacity is OPEN. */
  readonly freeNow?: InputMaybe<Scalars['Boolean']['input']>;
  /** 是否接收危机转介。 / Whether it takes crises. */
  readonly takesCrises?: InputMaybe<Scalars['Boolean']['input']>;
  /** 是否设绿色通道。 / Whether it has a green channel. */
  readonly greenChannel?: InputMaybe<Scalars['Boolean']['input']>;
};

/** 服务的种类。 / Kind of service. */
export type ServiceKind =
  /** 心理疏导室。 / Counselling room. */
  | 'COUNSELLING_ROOM'
  /** 学校心理辅导室。 / School counselling room. */
  | 'SCHOOL_COUNSELLING'
  /** 心理或精神科门诊。 / Psychological or psychiatric clinic. */
  | 'CLINIC'
  /** 住院治疗。 / Inpatient care. */
  | 'INPATIENT_CARE'
  /** 社区康复站。 / Community rehabilitation station. */
  | 'REHABILITATION_STATION'
  /** 调解室。 / Mediation room. */
  | 'MEDIATION_ROOM'
  /** 热线。 / Hotline. */
  | 'HOTLINE'
  /** 社会工作服务。 / Social work. */
  | 'SOCIAL_WORK'
  /** 法律援助。 / Legal aid. */
  | 'LEGAL_AID'
  /** 救助帮扶。 / Assistance. */
  | 'ASSISTANCE'
  /** 保护与出警。 / Protection, police response. */
  | 'PROTECTION'
  /** 就业服务。 / Employment service. */
  | 'EMPLOYMENT'
  /** 职工心理援助（EAP）。 / Employee assistance (EAP). */
  | 'EMPLOYEE_ASSISTANCE'
  /** 专家库。 / Expert pool. */
  | 'EXPERT_POOL'
  /** 志愿服务。 / Volunteers. */
  | 'VOLUNTEERS';

/** 服务所针对的需要。 / What a service is for. */
export type ServiceNeed =
  /** 心理疏导。 / Counselling. */
  | 'COUNSELLING'
  /** 学生心理辅导。 / Counselling of pupils. */
  | 'SCHOOL_COUNSELLING'
  /** 精神科诊断与治疗。 / Psychiatric diagnosis and treatment. */
  | 'PSYCHIATRIC_CARE'
  /** 危机干预。 / Crisis intervention. */
  | 'CRISIS_INTERVENTION'
  /** 社区康复。 / Community rehabilitation. */
  | 'COMMUNITY_REHABILITATION'
  /** 未成年人保护。 / Protection of minors. */
  | 'CHILD_PROTECTION'
  /** 反家庭暴力。 / Domestic violence. */
  | 'DOMESTIC_VIOLENCE'
  /** 人身安全。 / Safety of life. */
  | 'PUBLIC_SAFETY'
  /** 婚姻家庭辅导。 / Marriage and family guidance. */
  | 'MARRIAGE_AND_FAMILY'
  /** 孕产期支持。 / Perinatal support. */
  | 'PERINATAL_SUPPORT'
  /** 老年关爱。 / Support of older people. */
  | 'ELDERLY_SUPPORT'
  /** 丧亲哀伤辅导。 / Bereavement. */
  | 'BEREAVEMENT'
  /** 纠纷调解。 / Mediation. */
  | 'MEDIATION'
  /** 法律援助。 / Legal aid. */
  | 'LEGAL_AID'
  /** 社会救助。 / Social assistance. */
  | 'SOCIAL_ASSISTANCE'
  /** 困难帮扶。 / Hardship aid. */
  | 'HARDSHIP_AID'
  /** 残疾人服务。 / Support of people with disabilities. */
  | 'DISABILITY_SUPPORT'
  /** 就业。 / Employment. */
  | 'EMPLOYMENT'
  /** 职工心理援助。 / Employee assistance. */
  | 'EMPLOYEE_ASSISTANCE'
  /** 安置帮教。 / Reintegration. */
  | 'REINTEGRATION'
  /** 个案社会工作。 / Casework. */
  | 'SOCIAL_WORK'
  /** 陪伴关怀。 / Companionship. */
  | 'COMPANIONSHIP';

/** 变更的结果。 / Result of a change. */
export type ServicePayload = {
  /** 变更后的服务；冲突时为现有的；其他错误时为空。 / The service after the change; on a conflict as it is now; null on another error. */
  readonly service?: Maybe<Service>;
  /** 可改正的错误；一次列出全部。 / Errors that the user can mend, all at once. */
  readonly userErrors: ReadonlyArray<DirectoryUserError>;
  /** 提示。 / Warnings. */
  readonly warnings: ReadonlyArray<DirectoryWarning>;
};

/** 服务的区域与所问区划的关系。 / How the area of a service stands to the division asked for. */
export type ServiceReach =
  /** 在其内。 / Within it. */
  | 'OWN'
  /** 为其上级。 / Above it. */
  | 'PARENT'
  /** 与其同属一个上级。 / Beside it, under the same parent. */
  | 'NEIGHBOUR';

/** 服务的状态（HSDS）。 / Status of a service (HSDS). */
export type ServiceStatus =
  /** 提供中。 / Active. */
  | 'ACTIVE'
  /** 未开放。 / Inactive. */
  | 'INACTIVE'
  /** 暂停。 / Temporarily closed. */
  | 'TEMPORARILY_CLOSED'
  /** 已终止。 / Defunct. */
  | 'DEFUNCT';

/** 设定值班表。 / Sets a duty roster. */
export type SetDutyRosterInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 服务。 / The service. */
  readonly serviceId: Scalars['ID']['input'];
  /** 时段开始，含。 / Begin of the time, inclusive. */
  readonly from: Scalars['DateTime']['input'];
  /** 时段结束，不含；至多 366 天。 / End of the time, exclusive; 366 days at most. */
  readonly to: Scalars['DateTime']['input'];
  /** 班次，都在时段内开始。 / Shifts; each begins in the time. */
  readonly shifts: ReadonlyArray<DutyShiftInput>;
};

/** 更新容量。 / Sets a capacity. */
export type SetServiceCapacityInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 服务。 / The service. */
  readonly serviceId: Scalars['ID']['input'];
  /** 状态。 / State. */
  readonly state: CapacityState;
  /** 空余名额。 / Places free. */
  readonly available?: InputMaybe<Scalars['NonNegativeInt']['input']>;
  /** 确认日期；早于现有的不予采用。 / The day it was assured; one before the present one is not taken. */
  readonly assuredDate: Scalars['Date']['input'];
  /** 说明。 / Note. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
};

/** 性别（GB/T 2261.1）。 / Sex (GB/T 2261.1). */
export type Sex =
  /** 未知。 / Unknown. */
  | 'UNKNOWN'
  /** 男。 / Male. */
  | 'MALE'
  /** 女。 / Female. */
  | 'FEMALE'
  /** 未说明。 / Unstated. */
  | 'UNSTATED';

/** 部门答复的状态。 / How a department's answer stands. */
export type SourceStatus =
  /** 现时数据。 / Current data. */
  | 'CURRENT'
  /** 来自缓存或最近一份有效文件，时间见 asOf。 / From the cache or the last good file; its time is in asOf. */
  | 'CACHED'
  /** 部分类别读取失败。 / Some categories could not be read. */
  | 'PARTIAL'
  /** 有依据，但该部门没有此人的记录。 / There is a basis, but no record of the person there. */
  | 'NOT_KNOWN';

/** 中止，或解除中止。 / Suspends, or releases. */
export type SuspendGuardianshipInput = {
  /** 被监护人。 / The ward. */
  readonly personId: Scalars['ID']['input'];
  /** 监护人的枢纽编号。 / The guardian's hub id. */
  readonly guardianId: Scalars['ID']['input'];
  /** 理由；加密保存。 / Reason; kept encrypted. */
  readonly reason: Scalars['String']['input'];
};

/** 时间线的一页。 / A page of the timeline. */
export type TimelineConnection = {
  /** 各事件，新的在前。 / Events, newest first. */
  readonly edges: ReadonlyArray<TimelineEdge>;
  /** 分页信息。 / Paging. */
  readonly pageInfo: PageInfo;
  /** 时间线缺了什么；一个部门可以有两项。 / What is missing from the timeline; a department may stand there twice. */
  readonly gaps: ReadonlyArray<TimelineGap>;
};

/** 时间线上的一项。 / An edge of the timeline. */
export type TimelineEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 事件。 / The event. */
  readonly node: TimelineEvent;
};

/** 时间线上的一件事；不含谈话与咨询内容。 / One event of the timeline; no text of talks or counselling. */
export type TimelineEvent = {
  /** 日期，可不完整。 / Date, may be partial. */
  readonly date: Scalars['PartialDate']['output'];
  /** 部门。 / Department. */
  readonly department: Department;
  /** 数据类别，如 health:visits。 / Data category, like health:visits. */
  readonly category: Scalars['String']['output'];
  /** 事件代码，如 VISIT。 / Code of the event, like VISIT. */
  readonly code: Scalars['String']['output'];
  /** 给人看的标题（中文）。 / Title for people (Chinese). */
  readonly title: Scalars['String']['output'];
  /** 经办机构；没有时为空。 / The organisation that acted; null where there is none. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 时间线的缺口。 / A gap of the timeline. */
export type TimelineGap = {
  /** 部门。 / Department. */
  readonly department: Department;
  /** 原因。 / Reason. */
  readonly reason: TimelineGapReason;
  /** 早于此日期的事件未列出。 / Events before this date were left out. */
  readonly before?: Maybe<Scalars['PartialDate']['output']>;
};

/** 时间线缺口的原因。 / Why there is a gap. */
export type TimelineGapReason =
  /** 没有依据或权限。 / No basis or no scope. */
  | 'NOT_PERMITTED'
  /** 部门系统未能答复。 / The department's system did not answer. */
  | 'UNAVAILABLE'
  /** 更早的事件未列出。 / Older events were left out. */
  | 'TRUNCATED';

/** 工会的部分。 / The trade union's facet. */
export type UnionFacet = {
  /** 数据来源。 / Where the data come from. */
  readonly source: FacetSource;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为所列最早一条的日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
  /**
   * 职工心理援助（EAP），雇主不得查看。 / Employee assistance (EAP), never readable by an employer.
   * 需要 / Needs: union:employee-assistance:read
   */
  readonly employeeAssistance?: Maybe<ReadonlyArray<EmployeeAssistance>>;
  /**
   * 困难职工帮扶。 / Hardship aid.
   * 需要 / Needs: union:hardship-aid:read
   */
  readonly hardshipAid?: Maybe<ReadonlyArray<HardshipAid>>;
  /**
   * 劳动争议调解。 / Workplace mediation.
   * 需要 / Needs: union:workplace-mediation:read
   */
  readonly workplaceMediation?: Maybe<ReadonlyArray<WorkplaceMediation>>;
};

/** 撤销一条关联。 / Undoes a link. */
export type UnlinkPersonInput = {
  /** 枢纽编号。 / Hub id. */
  readonly personId: Scalars['ID']['input'];
  /** 本部门的本地编号。 / A local id of the caller's department. */
  readonly localId: Scalars['String']['input'];
  /** 理由。 / Reason. */
  readonly reason: Scalars['String']['input'];
};

/** 异常访问报告。 / Report of unusual access. */
export type UnusualAccessReport = {
  /** 所用规则。 / The rules. */
  readonly rules: ReadonlyArray<UnusualRule>;
  /** 发现。 / Findings. */
  readonly findings: ReadonlyArray<UnusualFinding>;
  /** 记录过多、报告未尽。 / Too many records; the report is not complete. */
  readonly truncated: Scalars['Boolean']['output'];
};

/** 一次异常。 / A finding. */
export type UnusualFinding = {
  /** 种类。 / Kind. */
  readonly kind: UnusualKind;
  /** 使用者。 / User. */
  readonly subject: Scalars['String']['output'];
  /** 客户端。 / Client. */
  readonly client: Scalars['String']['output'];
  /** 首条记录的时刻。 / When the first record was written. */
  readonly at: Scalars['DateTime']['output'];
  /** 所据记录的编号。 / Ids of the records. */
  readonly recordIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** 异常的种类。 / Kind of unusual access. */
export type UnusualKind =
  /** 夜间。 / At night. */
  | 'NIGHT'
  /** 越出辖区。 / Another district. */
  | 'OTHER_DISTRICT'
  /** 一小时内涉及许多不同的人。 / Many distinct persons within an hour. */
  | 'MANY_PERSONS'
  /** 与使用者本人同名。 / The user's own name. */
  | 'OWN_NAME'
  /** 与同事同名。 / A colleague's name. */
  | 'COLLEAGUE_NAME';

/** 一条规则。 / A rule. */
export type UnusualRule = {
  /** 种类。 / Kind. */
  readonly kind: UnusualKind;
  /** 规则（中文）。 / The rule in Chinese. */
  readonly zh: Scalars['String']['output'];
  /** 规则（英文）。 / The rule in English. */
  readonly en: Scalars['String']['output'];
};

/** 登记或更新场所。 / Enters or replaces a location. */
export type UpsertLocationInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['input'];
  /** 改动所据的版本；新建为 0。 / The version that was changed; 0 for a new entry. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 所属机构。 / Whose it is. */
  readonly organisation: Scalars['ID']['input'];
  /** 名称。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 种类。 / Kind. */
  readonly kind: LocationKind;
  /** 区划。 / Division. */
  readonly division: Scalars['DivisionCode']['input'];
  /** 地址。 / Address. */
  readonly address?: InputMaybe<Scalars['String']['input']>;
  /** 纬度。 / Latitude. */
  readonly latitude?: InputMaybe<Scalars['Float']['input']>;
  /** 经度。 / Longitude. */
  readonly longitude?: InputMaybe<Scalars['Float']['input']>;
  /** 无障碍设施。 / Accessibility. */
  readonly accessibility?: InputMaybe<Scalars['String']['input']>;
  /** 交通。 / How to get there. */
  readonly transportation?: InputMaybe<Scalars['String']['input']>;
  /** 电话。 / Telephone numbers. */
  readonly phones?: InputMaybe<ReadonlyArray<PhoneInput>>;
};

/** 登记或更新机构。 / Enters or replaces an organisation. */
export type UpsertOrganisationInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 编号：小写字母、数字、连字符。 / Id: lower-case letters, digits, hyphens. */
  readonly id: Scalars['ID']['input'];
  /** 改动所据的版本；新建为 0。 / The version that was changed; 0 for a new entry. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 名称。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 别名。 / Alternate name. */
  readonly alternateName?: InputMaybe<Scalars['String']['input']>;
  /** 简介。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** 种类。 / Kind. */
  readonly kind: OrganisationKind;
  /** 所属部门。 / Department. */
  readonly department?: InputMaybe<Department>;
  /** 区划。 / Division. */
  readonly division: Scalars['DivisionCode']['input'];
  /** 上级机构。 / Supervising organisation. */
  readonly supervisor?: InputMaybe<Scalars['ID']['input']>;
  /** 统一社会信用代码；校验位不符只提示，不拒绝。 / Unified social credit code; a wrong check digit is warned about, not refused. */
  readonly creditCode?: InputMaybe<Scalars['String']['input']>;
  /** 电子邮箱。 / E-mail. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** 网站。 / Website. */
  readonly website?: InputMaybe<Scalars['String']['input']>;
  /** 电话。 / Telephone numbers. */
  readonly phones?: InputMaybe<ReadonlyArray<PhoneInput>>;
  /** 联系人。 / Contacts. */
  readonly contacts?: InputMaybe<ReadonlyArray<ContactInput>>;
  /** 评价结果。 / Evaluations. */
  readonly evaluations?: InputMaybe<ReadonlyArray<EvaluationInput>>;
};

/** 登记或更新专业人员。 / Enters or replaces a professional. */
export type UpsertProfessionalInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['input'];
  /** 改动所据的版本；新建为 0。 / The version that was changed; 0 for a new entry. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 所在机构。 / At which organisation. */
  readonly organisation: Scalars['ID']['input'];
  /** 姓名。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 专业。 / Profession. */
  readonly profession: Profession;
  /** 职务或职称。 / Title. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** 资质。 / Qualifications. */
  readonly qualifications?: InputMaybe<ReadonlyArray<QualificationInput>>;
  /** 专长。 / What the professional helps with. */
  readonly needs?: InputMaybe<ReadonlyArray<ServiceNeed>>;
  /** 语言（BCP 47）。 / Languages (BCP 47). */
  readonly languages?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 担任责任人的村（社区）。 / Villages and communities of which responsible. */
  readonly responsibleFor?: InputMaybe<ReadonlyArray<Scalars['DivisionCode']['input']>>;
  /** 是否在专家库。 / Whether in the expert pool. */
  readonly expert?: InputMaybe<Scalars['Boolean']['input']>;
  /** 电话。 / Telephone numbers. */
  readonly phones?: InputMaybe<ReadonlyArray<PhoneInput>>;
};

/** 登记或更新服务。 / Enters or replaces a service. */
export type UpsertServiceInput = {
  /** 幂等键。 / Idempotency key. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['input'];
  /** 改动所据的版本；新建为 0。 / The version that was changed; 0 for a new entry. */
  readonly expectedVersion: Scalars['NonNegativeInt']['input'];
  /** 提供机构。 / Who provides it. */
  readonly organisation: Scalars['ID']['input'];
  /** 名称。 / Name. */
  readonly name: Scalars['String']['input'];
  /** 别名。 / Alternate name. */
  readonly alternateName?: InputMaybe<Scalars['String']['input']>;
  /** 简介。 / Description. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** 种类。 / Kind. */
  readonly kind: ServiceKind;
  /** 状态，缺省 ACTIVE。 / Status; ACTIVE by default. */
  readonly status?: InputMaybe<ServiceStatus>;
  /** 所针对的需要。 / What it is for. */
  readonly needs: ReadonlyArray<ServiceNeed>;
  /** 条件。 / Who may use it. */
  readonly eligibility?: InputMaybe<EligibilityInput>;
  /** 服务区域。 / Divisions that it serves. */
  readonly areas: ReadonlyArray<Scalars['DivisionCode']['input']>;
  /** 场所。 / Where. */
  readonly locations?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** 开放时间。 / Opening hours. */
  readonly schedules?: InputMaybe<ReadonlyArray<OpeningHoursInput>>;
  /** 费用。 / Costs. */
  readonly fees?: InputMaybe<ReadonlyArray<CostOptionInput>>;
  /** 语言（BCP 47），缺省 zh。 / Languages (BCP 47); zh by default. */
  readonly languages?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** 电话。 / Telephone numbers. */
  readonly phones?: InputMaybe<ReadonlyArray<PhoneInput>>;
  /** 联系人。 / Contacts. */
  readonly contacts?: InputMaybe<ReadonlyArray<ContactInput>>;
  /** 如何申请。 / How to apply. */
  readonly applicationProcess?: InputMaybe<Scalars['String']['input']>;
  /** 是否接收危机转介。 / Whether it takes crises. */
  readonly takesCrises?: InputMaybe<Scalars['Boolean']['input']>;
  /** 是否设绿色通道。 / Whether it has a green channel. */
  readonly greenChannel?: InputMaybe<Scalars['Boolean']['input']>;
  /** 核实日期。 / The day the entry was checked. */
  readonly assuredDate?: InputMaybe<Scalars['Date']['input']>;
};

/** 使用者可以改正的错误。 / An error that the user can mend. */
export type UserError = {
  /** 代码。 / Code. */
  readonly code: UserErrorCode;
  /** 中文与英文说明。 / Explanation in Chinese and English. */
  readonly message: Scalars['String']['output'];
  /** 输入字段的路径。 / Path of the input field. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** 以何理由拒绝输入。 / Why an input was refused. */
export type UserErrorCode =
  /** 输入无效。 / Invalid input. */
  | 'INVALID'
  /** 不存在或无依据。 / Not there, or no basis. */
  | 'NOT_FOUND'
  /** 与现有关联或登记信息冲突，已记录待人工裁定。 / In conflict with what is there; recorded for a human decision. */
  | 'LINK_CONFLICT'
  /** 幂等键已用于另一内容。 / The idempotency key was used for something else. */
  | 'KEY_REUSED'
  /** 同意的给出者无权给出。 / Who gives the consent has no standing to. */
  | 'NO_STANDING'
  /** 还缺必须同意者的同意。 / The agreement of somebody who must agree is missing. */
  | 'AGREEMENT_MISSING'
  /** 敏感类别须单独同意。 / A sensitive category needs a separate consent. */
  | 'SEPARATE_CONSENT_MISSING'
  /** 没有这个数据类别。 / There is no such category. */
  | 'UNKNOWN_CATEGORY'
  /** 终止早于起始，或已过去。 / It ends before it begins, or is over already. */
  | 'INVALID_PERIOD'
  /** 不能由本人复核自己。 / One cannot review oneself. */
  | 'OWN_REVIEW'
  /** 已经决定过。 / Decided already. */
  | 'ALREADY_DECIDED';

/** 一次就诊（FHIR Encounter），不含病程文字。 / One visit (FHIR Encounter), without clinical text. */
export type Visit = {
  /** 就诊或入院日期。 / Day of the visit or of admission. */
  readonly date: Scalars['PartialDate']['output'];
  /** 离院日期；当日结束或未结束时为空。 / Day of discharge; null where it ended the same day or goes on. */
  readonly end?: Maybe<Scalars['PartialDate']['output']>;
  /** 就诊类型；代码不在码表内时为 OTHER。 / Class; OTHER when the code is outside the code set. */
  readonly class: VisitClass;
  /** 状态；代码不在码表内时为空。 / Status; null when the code is outside the code set. */
  readonly status?: Maybe<VisitStatus>;
  /** 科室。 / Clinical service. */
  readonly service?: Maybe<Scalars['String']['output']>;
  /** 医疗机构。 / The institution. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
};

/** 就诊类型（HL7 v3 ActCode）。 / Classes of visits (HL7 v3 ActCode). */
export type VisitClass =
  /** 门诊。 / Outpatient. */
  | 'OUTPATIENT'
  /** 急诊。 / Emergency. */
  | 'EMERGENCY'
  /** 住院。 / Inpatient. */
  | 'INPATIENT'
  /** 入户。 / At home. */
  | 'HOME'
  /** 远程。 / Remote. */
  | 'VIRTUAL'
  /** 其他或码表外代码。 / Another class, or a code outside the code set. */
  | 'OTHER';

/** 就诊状态（FHIR Encounter.status）。 / Status of a visit (FHIR Encounter.status). */
export type VisitStatus =
  /** 已预约。 / Planned. */
  | 'PLANNED'
  /** 进行中。 / In progress. */
  | 'IN_PROGRESS'
  /** 已结束。 / Finished. */
  | 'FINISHED'
  /** 已取消。 / Cancelled. */
  | 'CANCELLED';

/** 为什么有监护人。 / Why there is a guardian. */
export type WardKind =
  /** 未成年人。 / A minor. */
  | 'MINOR'
  /** 不具有完全民事行为能力的成年人。 / An adult without full capacity. */
  | 'ADULT';

/** 一个回调（Standard Webhooks）。 / A webhook (Standard Webhooks). */
export type Webhook = {
  /** 编号。 / Id. */
  readonly id: Scalars['ID']['output'];
  /** 地址。 / Address. */
  readonly url: Scalars['String']['output'];
  /** 状态。 / State. */
  readonly state: WebhookState;
  /** 为何暂停。 / Why it is paused. */
  readonly pausedBecause?: Maybe<WebhookPause>;
  /** 登记时刻。 / When it was registered. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** 验证时刻。 / When it was verified. */
  readonly verifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /** 最近一次送达。 / The last delivery. */
  readonly lastDeliveryAt?: Maybe<Scalars['DateTime']['output']>;
  /** 最近一次失败的时刻。 / When a delivery failed last. */
  readonly lastFailureAt?: Maybe<Scalars['DateTime']['output']>;
  /** 最近一次失败的原因：HTTP_ 加状态码，或 TIMEOUT、UNREACHABLE、ADDRESS_REFUSED。 / Why: HTTP_ and the status, or TIMEOUT, UNREACHABLE, ADDRESS_REFUSED. */
  readonly lastFailureReason?: Maybe<Scalars['String']['output']>;
  /** 失败后待重试的消息数。 / Messages that failed and are tried again. */
  readonly retrying: Scalars['NonNegativeInt']['output'];
  /** 流中尚未处理的项数（至多）。 / Entries of the feed that are yet to be dealt with, at most. */
  readonly behind: Scalars['NonNegativeInt']['output'];
};

/** 三天未能送达的消息。 / A message that could not be delivered for three days. */
export type WebhookDeadLetter = {
  /** 编号；与 webhook-id 及变更流中的编号相同。 / Id, the same as webhook-id and in the feed. */
  readonly id: Scalars['ID']['output'];
  /** 试了几次。 / How often it was tried. */
  readonly attempts: Scalars['NonNegativeInt']['output'];
  /** 首次尝试。 / The first try. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** 最后一次尝试。 / The last try. */
  readonly failedAt: Scalars['DateTime']['output'];
  /** 最后一次失败的原因。 / Why the last one failed. */
  readonly reason: Scalars['String']['output'];
};

/** 未能送达的消息的一页。 / A page of dead letters. */
export type WebhookDeadLetterConnection = {
  /** 各项。 / Edges. */
  readonly edges: ReadonlyArray<WebhookDeadLetterEdge>;
  /** 翻页信息。 / Page info. */
  readonly pageInfo: PageInfo;
};

/** 一项。 / An edge. */
export type WebhookDeadLetterEdge = {
  /** 游标。 / Cursor. */
  readonly cursor: Scalars['String']['output'];
  /** 消息。 / The message. */
  readonly node: WebhookDeadLetter;
};

/** 一个回调。 / A webhook. */
export type WebhookInput = {
  /** 编号。 / Id. */
  readonly webhookId: Scalars['ID']['input'];
};

/** 为何暂停。 / Why it is paused. */
export type WebhookPause =
  /** 登记方暂停。 / By its owner. */
  | 'OWNER'
  /** 接收方答 410。 / The receiver answered 410. */
  | 'GONE';

/** 回调的一步的结果。 / Result of a change of a webhook. */
export type WebhookPayload = {
  /** 回调。 / The webhook. */
  readonly webhook?: Maybe<Webhook>;
  /** 密钥（whsec_…），只在登记与换新时给出；枢纽不保存它。 / The secret (whsec_…), given out at registration and rotation alone; the hub does not keep it. */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** 可改正的错误。 / Errors that the user can mend. */
  readonly userErrors: ReadonlyArray<WebhookUserError>;
};

/** 回调的状态。 / State of a webhook. */
export type WebhookState =
  /** 待验证。 / Waits to be verified. */
  | 'PENDING'
  /** 生效。 / Active. */
  | 'ACTIVE'
  /** 暂停。 / Paused. */
  | 'PAUSED'
  /** 已删除。 / Deleted. */
  | 'DELETED';

/** 使用者可以改正的错误。 / An error that the user can mend. */
export type WebhookUserError = {
  /** 代码。 / Code. */
  readonly code: WebhookUserErrorCode;
  /** 中文与英文说明。 / Explanation in Chinese and English. */
  readonly message: Scalars['String']['output'];
  /** 有误的输入字段。 / The input field at fault. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** 回调为何被拒。 / Why a change of a webhook was refused. */
export type WebhookUserErrorCode =
  /** 输入无效。 / Invalid input. */
  | 'INVALID'
  /** 不存在，或不是您的。 / Not there, or not yours. */
  | 'NOT_FOUND'
  /** 您不代表任何转介方。 / You act for no party of referrals. */
  | 'NO_FEED'
  /** 幂等键已用于另一内容。 / The idempotency key was used for something else. */
  | 'KEY_REUSED'
  /** 已达上限。 / There are as many as there may be. */
  | 'TOO_MANY'
  /** 地址无效。 / The address is not valid. */
  | 'URL_INVALID'
  /** 须用 https。 / Must be https. */
  | 'URL_NOT_HTTPS'
  /** 该端口不予发送。 / Nothing is sent to this port. */
  | 'URL_PORT_REFUSED'
  /** 该地址未放行。 / The address is not allowed. */
  | 'URL_ADDRESS_REFUSED'
  /** 未能送达接收方。 / The receiver could not be reached. */
  | 'RECEIVER_UNREACHABLE'
  /** 接收方没有带回 challenge。 / The receiver did not give the challenge back. */
  | 'CHALLENGE_UNANSWERED'
  /** 刚刚验证过。 / It was tried a moment ago. */
  | 'TOO_SOON'
  /** 尚未验证。 / Not verified yet. */
  | 'NOT_VERIFIED';

/** 星期（RFC 5545）。 / Day of the week (RFC 5545). */
export type Weekday =
  /** 星期一。 / Monday. */
  | 'MO'
  /** 星期二。 / Tuesday. */
  | 'TU'
  /** 星期三。 / Wednesday. */
  | 'WE'
  /** 星期四。 / Thursday. */
  | 'TH'
  /** 星期五。 / Friday. */
  | 'FR'
  /** 星期六。 / Saturday. */
  | 'SA'
  /** 星期日。 / Sunday. */
  | 'SU';

/** 现在谁可以看到。 / Who can see what now. */
export type WhoCanSee = {
  /** 部门。 / Department. */
  readonly department?: Maybe<Department>;
  /** 机构。 / Organisation. */
  readonly organisation?: Maybe<Scalars['String']['output']>;
  /** 个案管理团队或角色。 / Care team or role. */
  readonly team?: Maybe<Scalars['String']['output']>;
  /** 依据。 / Basis. */
  readonly basis: AccessBasis;
  /** 数据类别。 / Categories. */
  readonly categories: ReadonlyArray<Scalars['String']['output']>;
  /** 到何时。 / Until when. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
  /** 可撤回的同意。 / The consent, where one can be withdrawn. */
  readonly consentId?: Maybe<Scalars['ID']['output']>;
  /** 用平常话说明。 / In plain words. */
  readonly text: ConsentText;
};

/** 撤回。 / A withdrawal. */
export type WithdrawConsentInput = {
  /** 为谁。 / For whom. */
  readonly personId: Scalars['ID']['input'];
  /** 同意的编号。 / Id of the consent. */
  readonly consentId: Scalars['ID']['input'];
  /** 由部门代为登记时：谁撤回。 / Recorded by a department: who withdraws. */
  readonly by?: InputMaybe<ConsentGiver>;
};

/** 妇联记录：家庭关爱、维权个案、12338 热线。 / What the women's federation holds: family support, rights cases, contacts of the 12338 hotline. */
export type WomensFederationFacet = {
  /** 数据来源、时点与状态。 / Where the data come from, as of when, and their status. */
  readonly source: FacetSource;
  /** 时间线事件，最新 200 条。 / Events for the timeline, newest 200. */
  readonly events?: Maybe<ReadonlyArray<TimelineEvent>>;
  /** 更早的事件未列出时，为其界限日期。 / Set when older events were left out: the date of the oldest one shown. */
  readonly truncatedBefore?: Maybe<Scalars['PartialDate']['output']>;
  /**
   * 家庭关爱服务（仅服务事实）。 / Family support: facts of service only.
   * 需要 / Needs: womens-federation:family-support:read
   */
  readonly familySupport?: Maybe<ReadonlyArray<FamilySupport>>;
  /**
   * 维权个案；已封存的只对妇联可见。 / Rights cases; sealed ones show to the women's federation alone.
   * 需要 / Needs: womens-federation:rights-case:read
   */
  readonly rightsCase?: Maybe<ReadonlyArray<RightsCase>>;
  /**
   * 12338 热线来电（无通话内容）。 / Contacts of the 12338 hotline, without what was said.
   * 需要 / Needs: womens-federation:hotline:read
   */
  readonly hotline?: Maybe<ReadonlyArray<HotlineContact>>;
};

/** 一次劳动争议调解。 / One workplace mediation. */
export type WorkplaceMediation = {
  /** 争议种类。 / Kind of dispute. */
  readonly kind: Scalars['String']['output'];
  /** 阶段。 / Stage. */
  readonly stage: WorkplaceMediationStage;
  /** 工会系统中的阶段代码。 / The union's own code of the stage. */
  readonly stageCode?: Maybe<Scalars['String']['output']>;
  /** 受理日期。 / Date accepted. */
  readonly opened?: Maybe<Scalars['PartialDate']['output']>;
  /** 达成协议的日期。 / Date of the agreement. */
  readonly agreementDate?: Maybe<Scalars['PartialDate']['output']>;
  /** 调解组织。 / The mediation body. */
  readonly committee?: Maybe<Scalars['String']['output']>;
};

/** 调解的阶段。 / Stage of a mediation. */
export type WorkplaceMediationStage =
  /** 已受理。 / Accepted. */
  | 'ACCEPTED'
  /** 调解中。 / Under way. */
  | 'IN_PROGRESS'
  /** 达成协议。 / Agreement reached. */
  | 'AGREED'
  /** 未达成。 / No agreement. */
  | 'FAILED'
  /** 已撤回。 / Withdrawn. */
  | 'WITHDRAWN'
  /** 其他或未知。 / Other or unknown. */
  | 'OTHER';
