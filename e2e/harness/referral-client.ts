/** Referrals over the running hub, as counsellors, clinics and systems make them. */
import { askHub, type HubAnswer } from './hub-client.ts';
import { CREATE_REFERRAL, REFERRAL, REFERRAL_MOVES } from './referral-operations.ts';
import { AGREE, GIVE_CONSENT } from './consent-operations.ts';
import type { Stack } from './start-stack.ts';

/** Who asks: a person by login, or a system by its client. */
export type Who = { readonly login: string } | { readonly client: string; readonly scope?: string };
interface Asking {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly purpose?: string;
}

const SCOPES = 'referral:read referral:write consent:write emergency:access';
const SYSTEM_SCOPES = 'referral:read referral:write';
const DISTRICT = '390106';

export async function as(stack: Stack, who: Who, { purpose = 'REFERRAL', ...asking }: Asking): Promise<HubAnswer> {
  const token =
    'login' in who
      ? await stack.signIn.signIn(who.login, { scope: SCOPES })
      : await stack.signIn.tokenFor(who.client, { scope: who.scope ?? SYSTEM_SCOPES });
  return askHub(stack.gateway, { token, purpose, ...asking });
}

let keys = 0;
/** New at each call. */
export const nextKey = () => `demo-referral-${(keys += 1)}`;

export interface Shown {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: any;
}

async function moved(stack: Stack, who: Who, { query, variables, purpose }: Asking, field: string): Promise<Shown> {
  const answer = await as(stack, who, { query, ...(variables && { variables }), ...(purpose && { purpose }) });
  const { referral, userErrors } = answer.data?.[field] ?? {};
  demand(userErrors?.length === 0, `${field}: ${JSON.stringify([userErrors, answer.errors])}`);
  return referral;
}

export async function create(stack: Stack, who: Who, input: object, purpose = 'REFERRAL'): Promise<Shown> {
  const variables = { input: { idempotencyKey: nextKey(), ...input } };
  return moved(stack, who, { query: CREATE_REFERRAL, variables, purpose }, 'createReferral');
}

export async function move(
  stack: Stack,
  who: Who,
  field: keyof typeof REFERRAL_MOVES,
  { referral: { id, version }, purpose, content = {} }: { referral: Shown; purpose?: string; content?: object },
): Promise<Shown> {
  const variables = { input: { referralId: id, expectedVersion: version, idempotencyKey: nextKey(), ...content } };
  return moved(stack, who, { query: REFERRAL_MOVES[field], variables, ...(purpose && { purpose }) }, field);
}

export async function look(stack: Stack, who: Who, id: string, purpose = 'REFERRAL'): Promise<Shown | null> {
  const { data } = await as(stack, who, { query: REFERRAL, variables: { id }, purpose });
  return data.referral;
}

interface Terms {
  readonly personId: string;
  readonly organisation: string;
  readonly department: string;
  readonly categories: readonly string[];
}

/** A consent to be referred, by who must agree, one after the other. */
export async function consent(
  stack: Stack,
  { personId, organisation, department, categories }: Terms,
  ...logins: string[]
) {
  const terms = {
    recipients: [{ department, organisation, division: DISTRICT }],
    categories,
    sensitiveCategories: categories,
    purposes: ['REFERRAL'],
    coversWayBack: true,
  };
  const input = { idempotencyKey: nextKey(), personId, terms, language: 'zh-CN' };
  const [first = '', ...others] = logins;
  const own = { purpose: 'SELF_ACCESS' };
  const given = await as(stack, { login: first }, { query: GIVE_CONSENT, variables: { input }, ...own });
  const { consent: made, userErrors } = given.data.giveConsent;
  demand(made !== null, JSON.stringify([userErrors, given.errors]));
  let { status } = made;
  for (const login of others) {
    const agreement = { personId, consentId: made.id, language: 'zh-CN' };
    const agreed = await as(stack, { login }, { query: AGREE, variables: { input: agreement }, ...own });
    status = agreed.data.agreeToConsent.consent?.status;
  }
  demand(status === 'ACTIVE', `the consent is ${status}`);
}

function demand(holds: boolean, claim: string): void {
  if (!holds) throw new Error(claim);
}
