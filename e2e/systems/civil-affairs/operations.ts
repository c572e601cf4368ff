/** The operations of the WSDL, over the bureau's records. */
import { z } from 'zod';
import type { World } from '../world/model.ts';
import { civilAffairsRecords } from './records.ts';
import { answersRequest, type CareReferrals, referralsRequest, submitRequest } from './referral-entries.ts';
import type { Category, RawRecord } from './record-types.ts';
import { civilAffairsRegister } from './register.ts';

export interface Watch {
  readonly referrals: CareReferrals;
  readonly count: (what: string) => void;
  /** Code of the fault that every call gets at the moment. */
  readonly failing: () => string | null;
}

const MOST_PERSONS = 200;
const MOST_PER_PAGE = 500;
const NAMESPACE = 'urn:civil-affairs:care:v1';

// The stack gives one repeated element as a string, several as an array, none as null.
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const recordsRequest = z.object({ personNos: z.object({ personNo: oneOrMore }) });
const registerRequest = z.object({
  pageToken: z.string().nullish(),
  pageSize: z.coerce.number().int().min(1).max(MOST_PER_PAGE),
});

export function careOperations(world: World, { count, failing, referrals }: Watch) {
  const records = civilAffairsRecords(world);
  const register = civilAffairsRegister(world);
  const dataTime = `${world.today}T06:00:00+08:00`;

  const guarded =
    <Answer>(name: string, answer: (request: unknown) => Answer) =>
    (request: unknown): Answer => {
      const fault = failing();
      if (fault !== null)
        throw careFault('Server', fault, fault === 'MAINTENANCE' ? '系统维护中' : '系统繁忙，请稍后再试');
      count(name);
      return answer(request);
    };
  const recordsOf = (name: string, category: Category) =>
    guarded(name, (request) => {
      const personNos = parsed(recordsRequest, request).personNos.personNo;
      if (personNos.length > MOST_PERSONS) throw careFault('Client', 'TOO_MANY', '一次最多查询200人');
      const found = personNos.map((personNo) => ({ personNo, records: records.of(category, personNo) }));
      if (found.every((one) => one.records === null)) throw careFault('Client', 'NO_SUCH_PERSON', '查无此人');
      return { dataTime, person: found.map(toPerson) };
    });
  return {
    GetAssistanceRecords: recordsOf('assistance', 'assistance'),
    GetChildWelfareRecords: recordsOf('child-welfare', 'childWelfare'),
    GetElderlyCareRecords: recordsOf('elderly-care', 'elderlyCare'),
    GetFamilyGuidanceRecords: recordsOf('family-guidance', 'familyGuidance'),
    ListRegister: guarded('register', (request) => {
      const { pageToken, pageSize } = parsed(registerRequest, request);
      const page = register(pageToken ?? null, pageSize);
      if (page === null) throw careFault('Client', 'BAD_TOKEN', '分页标识无效');
      return { person: page.entries.map(present), ...(page.next !== null && { nextPageToken: page.next }) };
    }),
    SubmitReferral: guarded('submit-referral', (request) => answerOf(referrals.submit(parsed(submitRequest, request)))),
    ListReferralAnswers: guarded('referral-answers', (request) =>
      answerOf(referrals.answers(parsed(answersRequest, request))),
    ),
    GetReferrals: guarded('referrals', (request) => answerOf(referrals.referrals(parsed(referralsRequest, request)))),
    Ping: guarded('ping', () => ({ serverTime: dataTime })),
  };
}

function answerOf(outcome: ReturnType<CareReferrals['submit']>): object {
  if ('fault' in outcome) throw careFault('Client', outcome.fault, '未能受理');
  return outcome.answer;
}

function toPerson({ personNo, records }: { personNo: string; records: readonly RawRecord[] | null }) {
  return { personNo, found: records !== null, record: (records ?? []).map(present) };
}

const present = (record: RawRecord) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

function parsed<T>(schema: z.ZodType<T>, request: unknown): T {
  const result = schema.safeParse(request);
  if (!result.success) throw careFault('Client', 'BAD_REQUEST', '请求格式错误');
  return result.data;
}

/** Every fault of this service, business or system, comes with HTTP 500 (SOAP 1.1, 6.2). */
function careFault(faultcode: 'Client' | 'Server', code: string, message: string) {
  return {
    Fault: {
      faultcode: `soap:${faultcode}`,
      faultstring: message,
      detail: { CareFault: { attributes: { xmlns: NAMESPACE }, code, message } },
      statusCode: 500,
    },
  };
}
