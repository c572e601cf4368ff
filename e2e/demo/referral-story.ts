import { z } from 'zod';
import { storyOf } from '../harness/care-seed.ts';
import { askHub } from '../harness/hub-client.ts';
import { as, consent, create, look, move, nextKey, type Shown, type Who } from '../harness/referral-client.ts';
import { INBOX, REFERRAL_CHANGES, REFERRAL_MOVES, SHARED } from '../harness/referral-operations.ts';
import type { Stack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';
import { check } from './show.ts';
import type { Step } from './step.ts';

const COUNSELLOR: Who = { login: 'school-counsellor' };
const CLINIC: Who = { login: 'clinic-worker' };
const STATION: Who = { client: 'civil-affairs-system' };
const CLINIC_ID = 'district-mental-health-centre';
const STATION_ID = 'rehabilitation-station-390106001';
export const DAY_MS = 86_400_000;

const pupil = (stack: Stack) => storyOf(stack.world, 'pupil-in-crisis').id;

interface ProposedService {
  readonly name: string;
  readonly organisation: { readonly name: string };
}

const line = ({ state, version, priority }: Shown) => `${state} (version ${version}, ${priority})`;

/** Referral as a closed loop, told by those who use it every day. */
export const REFERRAL_STEPS: readonly Step[] = [
  {
    zh: '学校把女儿转介给精神卫生中心：两人同意；中心先只见理由与年龄段，要求补充，接受，服务，提出建议；学校确认，闭环；旁人不知有此事',
    en: 'The school refers the girl to the clinic: she and her mother agree; the clinic first sees reason and age band only, asks, accepts, serves, advises back; the school acknowledges; nobody else learns of it',
    run: async (stack) => {
      const personId = pupil(stack);
      const categories = ['education:assessment'];
      await consent(stack, { personId, organisation: CLINIC_ID, department: 'HEALTH', categories }, 'child', 'mother');
      const created = await create(stack, COUNSELLOR, {
        kind: 'SERVICE',
        personId,
        target: { organisation: CLINIC_ID, serviceId: 'district-child-psychiatry' },
        reasonCode: 'MOOD',
        reason: '近两周情绪低落、睡眠差，影响学习',
        categories,
      });
      const { id } = created;
      const inbox = await as(stack, CLINIC, { query: INBOX, variables: { filter: { state: 'REQUESTED' } } });
      check(
        inbox.data.referrals.edges.some((edge: { node: Shown }) => edge.node.id === id),
        'it is in the inbox',
      );
      const before = await look(stack, CLINIC, id);
      check(
        before?.subject === null && before.categories === null && before.reason !== null,
        'enough to decide, no more',
      );
      const asked = await move(stack, CLINIC, 'requestReferralInformation', {
        referral: created,
        content: { text: '是否已有测评？' },
      });
      const told = await move(stack, COUNSELLOR, 'provideReferralInformation', {
        referral: asked,
        content: { text: '有，接受后可见。' },
      });
      const accepted = await move(stack, CLINIC, 'acceptReferral', { referral: told });
      const shared = await as(stack, CLINIC, { query: SHARED, variables: { id }, purpose: 'CARE' });
      const { subject } = shared.data.referral;
      check(subject.education.assessment.length > 0, 'what is listed is shared');
      const started = await move(stack, CLINIC, 'startReferral', { referral: accepted });
      const done = await move(stack, CLINIC, 'completeReferral', {
        referral: started,
        content: { outcome: 'SERVED', advice: '每周一次个体辅导，四周后复评' },
      });
      check((await look(stack, { client: 'justice-system' }, id)) === null, 'nobody else learns of it');
      const closed = await move(stack, COUNSELLOR, 'acknowledgeReferral', { referral: done });
      check(closed.loopClosedAt !== null && closed.advice !== null, 'the loop is closed');
      return [
        `school-counsellor: ${line(created)}; clinic before acceptance: ${before.reasonCode}, ${before.ageBand}, subject null`,
        `clinic: ${asked.messages.at(-1).text} → school: ${told.messages.at(-1).text}`,
        `clinic: ${line(accepted)}; ${subject.maskedName}: education.assessment ${subject.education.assessment.length}`,
        `clinic: ${line(done)}: ${done.advice}`,
        `school: loop closed; justice-system: referral = null`,
      ];
    },
  },
  {
    zh: '出院转社区康复；复发，凭原同意走绿色通道直接回医院，医院不得以已满拒绝',
    en: 'From hospital to community rehabilitation; a relapse goes straight back through the green channel on the same consent, and the hospital may not say that it is full',
    run: async (stack) => {
      const personId = storyOf(stack.world, 'adult-patient').id;
      const categories = ['health:rehabilitation'];
      const terms = { personId, organisation: STATION_ID, department: 'CIVIL_AFFAIRS', categories };
      await consent(stack, terms, 'guardian');
      const down = await create(stack, CLINIC, {
        kind: 'TWO_WAY_DOWN',
        personId,
        target: { organisation: STATION_ID },
        reasonCode: 'REHABILITATION',
        categories,
        dischargeAssessment: { assessedOn: '2026-11-20', reference: 'DA-2026-118', summary: '病情稳定，可回归社区' },
        platformNumber: 'NRP-2026-004512',
      });
      const accepted = await move(stack, STATION, 'acceptReferral', { referral: down });
      const back = await create(stack, STATION, {
        kind: 'GREEN_CHANNEL',
        personId,
        requester: STATION_ID,
        target: { organisation: CLINIC_ID },
        reasonCode: 'RELAPSE',
        reason: '连续三日未眠，拒服药',
        basedOnId: down.id,
      });
      const input = { referralId: back.id, expectedVersion: 1, idempotencyKey: nextKey(), code: 'AT_CAPACITY' };
      const full = await as(stack, CLINIC, { query: REFERRAL_MOVES.rejectReferral, variables: { input } });
      check(full.data.rejectReferral.userErrors[0]?.code === 'CAPACITY_NO_GROUND', JSON.stringify(full.data));
      const taken = await move(stack, CLINIC, 'acceptReferral', { referral: back });
      return [
        `clinic → rehabilitation station: ${line(accepted)}`,
        `station → clinic, green channel: ${line(back)}, basis ${back.basis}`,
        `clinic: AT_CAPACITY → ${full.data.rejectReferral.userErrors[0].code}; then ${line(taken)}`,
      ];
    },
  },
  {
    zh: '强制报告：公安是首个接收方，知道谁报告；民政也收到，来源隐去；监护人看不到、拦不住',
    en: 'A mandatory report: the police, first recipient, learn who reported; civil affairs get it too, with the source withheld; no guardian sees or stops it',
    run: async (stack) => {
      const purpose = 'MANDATORY_REPORTING';
      const report = { kind: 'MANDATORY_REPORT', personId: pupil(stack), reasonCode: 'DOMESTIC_VIOLENCE' };
      const police: Who = { client: 'police-station' };
      const first = await create(
        stack,
        COUNSELLOR,
        { ...report, target: { organisation: 'police-station-390106001' }, reason: '手臂多处淤青，自述在家被打' },
        purpose,
      );
      const atPolice = await look(stack, police, first.id, purpose);
      check(atPolice?.requester !== null, 'the first recipient learns who reported');
      const second = await create(
        stack,
        COUNSELLOR,
        { ...report, target: { organisation: 'civil-affairs-bureau' }, basedOnId: first.id },
        purpose,
      );
      const elsewhere = await look(stack, STATION, second.id, purpose);
      check(elsewhere !== null && elsewhere.requester === null && elsewhere.basedOn === null, 'the source is withheld');
      const mine = 'query { myReferrals { edges { node { kind } } } }';
      const { data } = await as(stack, { login: 'child' }, { query: mine, purpose: 'SELF_ACCESS' });
      check(!JSON.stringify(data).includes('MANDATORY_REPORT'), 'no report in the list of the person');
      const taken = await move(stack, police, 'acceptReferral', { referral: first, purpose });
      return [
        `police: ${line(taken)}, from ${atPolice?.requester.organisation.name}`,
        `civil affairs: requester = ${JSON.stringify(elsewhere.requester)}`,
      ];
    },
  },
  {
    zh: '满员被拒：目录提出下一个合适的服务',
    en: 'Rejected, being full: the directory proposes the next eligible service',
    run: async (stack) => {
      const created = await create(stack, COUNSELLOR, {
        kind: 'SERVICE',
        personId: pupil(stack),
        target: { organisation: CLINIC_ID, serviceId: 'district-child-psychiatry' },
        reasonCode: 'ANXIETY',
      });
      const rejected = await move(stack, CLINIC, 'rejectReferral', {
        referral: created,
        content: { code: 'AT_CAPACITY' },
      });
      // Whether a consent covers the next one is the requester's to know.
      const { nextServices } = (await look(stack, COUNSELLOR, created.id))?.rejection ?? { nextServices: [] };
      check(nextServices.length > 0, 'a next service is proposed');
      await move(stack, COUNSELLOR, 'acknowledgeReferral', { referral: rejected });
      return nextServices
        .slice(0, 3)
        .map(
          ({ service, consentCovers }: { service: ProposedService; consentCovers: boolean }) =>
            `next: ${service.name} · ${service.organisation.name} · ${consentCovers ? 'the consent covers it' : 'a consent has to name it'}`,
        );
    },
  },
];

/** Both have taken the real time again: a token of now, which a hub of the day after tomorrow would find expired. */
export async function isInRealTime(stack: Stack): Promise<boolean> {
  const token = await stack.signIn.tokenFor('health-system');
  const { iat } = z
    .object({ iat: z.number() })
    .parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
  const { status } = await askHub(stack.gateway, { token, query: '{ __typename }' });
  return status === 200 && Math.abs(iat * 1_000 - Date.now()) < DAY_MS / 2;
}

/** Told last: the departments' systems do not take part in the demo's time. */
export const OVERDUE_STEP: Step = {
  zh: '紧急转介无人答复：24 小时到期，先告知上级，再过 24 小时告知领导小组办公室；通知里没有关于人的任何内容',
  en: 'An urgent referral that nobody answers: due after 24 hours, the supervisor is told, after as long again the leading group’s office; the notices say nothing about the person',
  run: async (stack) => {
    const created = await create(stack, COUNSELLOR, {
      kind: 'SERVICE',
      personId: pupil(stack),
      priority: 'URGENT',
      target: { organisation: CLINIC_ID },
      reasonCode: 'SELF_HARM',
    });
    const told = async (who: Who, step: number, purpose?: string) => {
      const { data } = await as(stack, who, { query: REFERRAL_CHANGES, ...(purpose && { purpose }) });
      const edges: readonly { node: Shown }[] = data?.referralChanges?.edges ?? [];
      return edges.find(({ node }) => node.referralId === created.id && node.step === step)?.node;
    };
    const supervisor: Who = { client: 'health-system' };
    const office: Who = { client: 'leading-group-office', scope: 'referral:read' };
    try {
      stack.moveClock(DAY_MS + 60_000);
      await until(async () => (await told(supervisor, 1)) !== undefined);
      const overdue = await look(stack, CLINIC, created.id);
      check(overdue?.overdue === true, 'it is overdue');
      stack.moveClock(2 * DAY_MS + 120_000);
      await until(async () => (await told(office, 2, 'STATISTICS')) !== undefined);
      const first = await told(supervisor, 1);
      const second = await told(office, 2, 'STATISTICS');
      check((await look(stack, office, created.id, 'STATISTICS')) === null, 'the office does not see the referral');
      return [`supervisor: ${JSON.stringify(first)}`, `office: ${JSON.stringify(second)}`];
    } finally {
      stack.moveClock(0);
      await until(() => isInRealTime(stack));
    }
  },
};
