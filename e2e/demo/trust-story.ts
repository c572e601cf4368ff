import { askHub, codesAndPaths, type HubAnswer } from '../harness/hub-client.ts';
import { storyOf } from '../harness/care-seed.ts';
import { AGREE, GIVE_CONSENT } from '../harness/consent-operations.ts';
import type { Stack } from '../harness/start-stack.ts';
import { changedCopy, verifyAudit } from './audit-commands.ts';
import {
  AUDIT_RECORDS,
  BEGIN_EMERGENCY,
  DIAGNOSES,
  MASKED_NAME,
  MY_NOTICES,
  MY_WARDS,
  OWN_VIEW,
  REVIEW,
  REVIEWS,
  SUSPEND,
  WITHDRAW,
} from './queries.ts';
import { until } from '../harness/until.ts';
import { check } from './show.ts';
import type { Step } from './step.ts';

const PROTECTION = 'query Protection($id: ID!) { person(id: $id) { education { protection { kind status } } } }';
const pupil = (stack: Stack) => storyOf(stack.world, 'pupil-in-crisis').id;

interface Asking {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly purpose?: string;
}

async function as(stack: Stack, login: string, asking: Asking): Promise<HubAnswer> {
  return askHub(stack.gateway, { token: await stack.signIn.signIn(login, { scope: WRITING }), ...asking });
}

/** The console asks for what it needs for a change only then. */
const WRITING = 'consent:write emergency:access emergency:review';
const own = (query: string, variables: Readonly<Record<string, unknown>> = {}): Asking => ({
  query,
  variables,
  purpose: 'SELF_ACCESS',
});

/** Justice asks for the girl's protection records. */
async function justiceAsks(stack: Stack): Promise<HubAnswer> {
  const token = await stack.signIn.tokenFor('justice-system', { scope: 'education:protection:read' });
  return askHub(stack.gateway, { token, query: PROTECTION, variables: { id: pupil(stack) } });
}

async function isRefused(stack: Stack): Promise<string> {
  const answer = await justiceAsks(stack);
  check(answer.data.person.education === null, 'no protection record without a basis');
  check(codesAndPaths(answer).includes('NO_BASIS person.education'), 'and the error says so');
  return 'justice: NO_BASIS person.education';
}

const crisis = (query: string, variables: Readonly<Record<string, unknown>>): Asking => ({
  query,
  variables,
  purpose: 'CRISIS_RESPONSE',
});

const CONSENT_KEY = 'demo-consent-justice';
let consentId = '';

/** Of an embedded store: it changes a copy of the file. */
export const AUDIT_STEP: Step = {
  zh: '审计：全部记录核对无误；在副本中改动一个字节，核对即指出是哪一条',
  en: 'The audit log verifies; with one byte changed in a copy of it, verify names the record',
  run: async (stack) => {
    // The first checkpoint is signed within a second; a story may be faster.
    let sound = await verifyAudit(stack);
    await until(async () => (sound = await verifyAudit(stack)).exitCode === 0).catch(() => undefined);
    check(sound.exitCode === 0, `verify must pass: ${sound.stdout}${sound.stderr}`);
    const { copy, place } = await changedCopy(stack);
    const broken = await verifyAudit(stack, { STORE_URL: `sqlite:${copy}` });
    check(broken.exitCode === 1 && broken.stdout.includes(place), `${place} must be named: ${broken.stdout}`);
    return [...lines(sound.stdout), `one byte of ${place} changed in a copy:`, ...lines(broken.stdout)];
  },
};

/** How a person stops and sees what the hub does with their data, and how everybody else is held to account. */
export const TRUST_STEPS: readonly Step[] = [
  {
    zh: '司法系统被拒绝；十五岁的女儿同意，还须母亲同意；两人都同意后，同一问题得到答复',
    en: 'Justice is refused; the girl of fifteen agrees, her mother must agree too; then the same question is answered',
    run: async (stack) => {
      const refused = await isRefused(stack);
      const terms = {
        recipients: [{ department: 'JUSTICE', division: '390106' }],
        categories: ['education:protection'],
        sensitiveCategories: ['education:protection'],
        purposes: ['CARE'],
      };
      const input = { idempotencyKey: CONSENT_KEY, personId: pupil(stack), terms, language: 'zh-CN' };
      const given = await as(stack, 'child', own(GIVE_CONSENT, { input }));
      const { consent, userErrors } = given.data.giveConsent;
      check(
        consent?.status === 'PENDING',
        `the mother is still missing: ${JSON.stringify([userErrors, given.errors])}`,
      );
      await isRefused(stack);
      consentId = consent.id;
      const agreement = { personId: pupil(stack), consentId, language: 'zh-CN' };
      const agreed = await as(stack, 'mother', own(AGREE, { input: agreement }));
      check(agreed.data.agreeToConsent.consent?.status === 'ACTIVE', 'both have agreed');
      const { data } = await justiceAsks(stack);
      check(data.person.education.protection.length > 0, 'the same question is answered now');
      return [
        refused,
        `child: consent ${consent.status}, missing ${consent.missing.join(', ')}`,
        ...consent.text.zh.split('\n').map((line: string) => `  ${line}`),
        'mother: consent ACTIVE',
        `justice: ${data.person.education.protection.length} protection record(s)`,
      ];
    },
  },
  {
    zh: '女儿看到谁看过什么、为什么；母亲撤回，一步即止；同一问题又被拒绝',
    en: 'The girl sees who saw what and why; the mother withdraws, in one step; the same question is refused again',
    run: async (stack) => {
      const { data } = await as(stack, 'child', own(OWN_VIEW));
      const log: LogEntry[] = data.myAccessLog.edges.map(({ node }: { node: LogEntry }) => node);
      const seen = log.find(({ department, categories }) => department === 'JUSTICE' && categories.length > 0);
      check(seen !== undefined && seen.bases.includes('CONSENT'), 'she sees that justice saw it, and that she agreed');
      check(
        data.whoCanSee.some((one: { department: string; basis: string }) => one.department === 'JUSTICE'),
        'and that justice can',
      );
      const input = { personId: pupil(stack), consentId };
      const withdrawn = await as(stack, 'mother', own(WITHDRAW, { input }));
      check(withdrawn.data.withdrawConsent.consent?.status === 'WITHDRAWN', 'withdrawn');
      return [
        ...log.slice(0, 4).flatMap(({ text }) => [`  ${text.zh}`, `  ${text.en}`]),
        'mother: consent WITHDRAWN',
        await isRefused(stack),
      ];
    },
  },
  {
    zh: '父亲涉嫌侵害：妇联中止其监护；从此他什么也看不到、做不了，与陌生人无异；母亲不受影响',
    en: 'The father is the suspect of a report: the women’s federation suspends him; he sees and does nothing from then on, like a stranger; the mother is not affected',
    run: async (stack) => {
      const before = await as(stack, 'father', own(MY_WARDS));
      check(before.data.myWards.length === 1, 'the father is a guardian');
      const { id: guardianId } = storyOf(stack.world, 'father');
      const token = await stack.signIn.tokenFor('womens-federation-system', { scope: 'guardianship:write' });
      const input = { personId: pupil(stack), guardianId, reason: '报告 R-2026-31：涉嫌家庭暴力' };
      const suspended = await askHub(stack.gateway, { token, query: SUSPEND, variables: { input } });
      check(suspended.data.suspendGuardianship.userErrors.length === 0, JSON.stringify(suspended.data));
      const after = await as(stack, 'father', own(MY_WARDS));
      const profile = await as(stack, 'father', own(MASKED_NAME, { id: pupil(stack) }));
      const log = await as(stack, 'father', own(OWN_VIEW, { personId: pupil(stack) }));
      const stranger = await as(stack, 'father', own(OWN_VIEW, { personId: 'nobody' }));
      check(after.data.myWards.length === 0 && profile.data.person === null, 'he sees nobody');
      check(JSON.stringify(log.data) === JSON.stringify(stranger.data), 'as if she were not there');
      const mother = await as(stack, 'mother', own(MASKED_NAME, { id: pupil(stack) }));
      check(mother.data.person !== null, 'the mother still does');
      return [
        `father before: ${before.data.myWards.length} ward; after: ${after.data.myWards.length}, person = null`,
        `mother: ${mother.data.person.maskedName}`,
      ];
    },
  },
  {
    zh: '成年患者由监护人代为行使权利；医生为患者利益暂不告知的诊断，本人与监护人都看不到',
    en: 'An adult patient with his guardian: what a clinician withheld for his good shows to neither of them',
    run: async (stack) => {
      const { id } = storyOf(stack.world, 'adult-patient');
      const doctor = await askHub(stack.gateway, {
        token: await stack.signIn.tokenFor('health-system'),
        query: DIAGNOSES,
        variables: { id },
      });
      const [patient, guardian] = await Promise.all(
        ['patient', 'guardian'].map((login) => as(stack, login, own(DIAGNOSES, { id }))),
      );
      const count = (answer: HubAnswer | undefined): number => answer?.data.person.health.diagnoses.length;
      check(count(patient) < count(doctor) && count(guardian) === count(patient), 'one diagnosis is withheld');
      return [
        `health: ${count(doctor)} diagnoses; patient: ${count(patient)}; guardian: ${count(guardian)}`,
        `guardian: follow-up ${guardian?.data.person.health.followUp.length}`,
      ];
    },
  },
  {
    zh: '邻区医院急诊：先被拒绝；写明理由后三小时可见，并标明；由审计复核，不能自己复核；三小时未满，当事人尚未被告知',
    en: 'Emergency in the neighbouring district: nothing at first; with a written reason for three hours, and marked; reviewed by somebody else; while it lasts the girl is not told yet',
    run: async (stack) => {
      const id = pupil(stack);
      const before = await as(stack, 'hospital-worker', crisis(MASKED_NAME, { id }));
      check(before.data.person === null, 'without a basis she is not there');
      const reason = '急诊：服药过量、意识不清，须立即核对在用药物与诊断';
      const input = { idempotencyKey: 'demo-emergency', personId: id, reason };
      const begun = await as(stack, 'hospital-worker', crisis(BEGIN_EMERGENCY, { input }));
      const { emergencyAccess, userErrors } = begun.data.beginEmergencyAccess;
      check(emergencyAccess !== null, JSON.stringify([userErrors, begun.errors]));
      const seen = await as(stack, 'hospital-worker', crisis(DIAGNOSES, { id }));
      check(seen.data.person.health.diagnoses.length > 0, 'the diagnoses are there');
      check(seen.extensions?.emergencyAccess?.length === 1, 'and the answer says that it is an emergency access');
      const queue = await as(stack, 'auditor', { query: REVIEWS, purpose: 'AUDIT' });
      const [review] = queue.data.emergencyReviews.edges;
      check(review?.node.reason === reason, 'the reviewer reads the reason');
      const verdict = { emergencyAccessId: emergencyAccess.id, verdict: 'JUSTIFIED' };
      const reviewed = await as(stack, 'auditor', { query: REVIEW, purpose: 'AUDIT', variables: { input: verdict } });
      check(reviewed.data.reviewEmergencyAccess.userErrors.length === 0, 'reviewed by somebody else');
      const told = await as(stack, 'child', own(MY_NOTICES));
      check(told.data.myNotices.length === 0, 'she is told after its end, not before');
      const filter = { personId: id, basis: 'EMERGENCY' };
      const records = await as(stack, 'auditor', { query: AUDIT_RECORDS, purpose: 'AUDIT', variables: { filter } });
      const [record] = records.data.auditRecords.edges;
      check(record?.node.persons[0]?.crossesJurisdiction === true, 'the record says that it crossed the district');
      return [
        `before: person = null; emergency access until ${emergencyAccess.to}`,
        `diagnoses: ${seen.data.person.health.diagnoses.length}; extensions: ${JSON.stringify(seen.extensions)}`,
        `auditor: ${review.node.organisation}: ${review.node.reason} → JUSTIFIED`,
        `record: ${record.node.client} ${record.node.purpose} crossesJurisdiction`,
      ];
    },
  },
  {
    zh: '同一人又查阅一位成年患者：审计认定不正当，即刻终止；紧急查阅一结束，就告知本人',
    en: 'The same user opens an adult patient’s records: found not justified, it ends at once; as soon as it has ended the person is told',
    run: async (stack) => {
      const { id } = storyOf(stack.world, 'adult-patient');
      const opening = {
        idempotencyKey: 'demo-curious',
        personId: id,
        reason: '想了解一下他最近的治疗情况，以后可能用得上',
      };
      const begun = await as(stack, 'hospital-worker', crisis(BEGIN_EMERGENCY, { input: opening }));
      check(begun.data.beginEmergencyAccess.person !== null, 'it opens first: what keeps it honest comes afterwards');
      const verdict = {
        emergencyAccessId: begun.data.beginEmergencyAccess.emergencyAccess.id,
        verdict: 'NOT_JUSTIFIED',
        followUp: '没有紧急情况，交由医院处理',
      };
      const reviewed = await as(stack, 'auditor', { query: REVIEW, purpose: 'AUDIT', variables: { input: verdict } });
      check(reviewed.data.reviewEmergencyAccess.userErrors.length === 0, 'reviewed by somebody else');
      const after = await as(stack, 'hospital-worker', crisis(MASKED_NAME, { id }));
      check(after.data.person === null, 'from then on he is not there for the user');
      const told = await as(stack, 'patient', own(MY_NOTICES));
      const [notice] = told.data.myNotices;
      check(notice?.text.en.includes('found not justified'), 'the patient is told, and what became of it');
      return [
        'auditor: NOT_JUSTIFIED; hospital: person = null',
        'the patient reads:',
        `  ${notice.text.zh}`,
        `  ${notice.text.en}`,
      ];
    },
  },
  AUDIT_STEP,
];

interface LogEntry {
  readonly department: string | null;
  readonly bases: readonly string[];
  readonly categories: readonly string[];
  readonly text: { readonly zh: string; readonly en: string };
}

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => `  ${line}`);
