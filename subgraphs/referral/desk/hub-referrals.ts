import { z } from 'zod';
import { accessTokens, withToken } from '../../../adapters/shared/access-tokens.ts';
import { splitEndpoint } from '../../../adapters/shared/door-url.ts';
import { httpDoor } from '../../../adapters/shared/http-door.ts';
import { type DeskAnswer, type DeskReferral, isOver } from '../../../adapters/shared/referral-desk.ts';
import type { Settings } from '../../../adapters/shared/settings.ts';
import { invalidAnswer, SourceError } from '../../../adapters/shared/source-error.ts';
import type { PurposeOfUse } from '../../shared/caller.ts';
import { KIND_RULES } from '../kind-rules.ts';
import { AGE_BANDS, KINDS, PRIORITIES, type ReferralKind, type ReferralState, STATES } from '../codes.ts';
import { CHANGES, LOCAL_IDS, moveContent, moveDocument, OPEN, REFERRAL } from './hub-documents.ts';
import type { DeskMove } from './path-of-moves.ts';
import type { deskSettings } from './settings.ts';

const SOURCE = 'hub';
const SCOPES = 'referral:read referral:write person:crosswalk:read';

/** A referral as the department's client sees it at the hub. */
export interface HubReferral extends Omit<DeskReferral, 'localIds' | 'kind'> {
  readonly kind: ReferralKind;
  /** Enum value of the department that is asked. */
  readonly department: string | null;
}

export interface ChangesPage {
  /** Those that changed, once each, as they are now. */
  readonly changed: readonly HubReferral[];
  readonly next: string | null;
  readonly more: boolean;
}

/** `null` = done. `CONFLICT` and `WRONG_STATE`: somebody was faster, look again. */
export type MoveRefusal = string | null;

/** What a desk asks of the hub, through its public API and nothing else. Throws `SourceError`. */
export interface HubReferrals {
  /** `null` = the hub does not know this cursor (its store was set back): begin anew. */
  changes(after: string | null): Promise<ChangesPage | null>;
  /** `null` = not there, or the department is no party of it. Without a kind every purpose is tried. */
  referral(id: string, kind?: ReferralKind): Promise<HubReferral | null>;
  /** The person's local ids at the department; only of a referral that is being served. */
  localIds(referral: HubReferral): Promise<readonly string[]>;
  /** The inbox in one state, by page. */
  open(
    asked: { readonly state: ReferralState; readonly purpose: PurposeOfUse },
    after: string | null,
  ): Promise<{ readonly referrals: readonly HubReferral[]; readonly next: string | null }>;
  move(referral: HubReferral, move: DeskMove, answer: DeskAnswer): Promise<MoveRefusal>;
}

const pageInfo = z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() });
const referralNode = z
  .object({
    id: z.string(),
    version: z.number(),
    kind: z.enum(KINDS),
    state: z.enum(STATES),
    priority: z.enum(PRIORITIES),
    target: z.object({ department: z.string().nullable(), organisation: z.object({ id: z.string() }) }),
    service: z.object({ id: z.string() }).nullable(),
    reasonCode: z.string(),
    ageBand: z.enum(AGE_BANDS),
    division: z.string().nullable(),
    createdAt: z.string(),
  })
  .transform(({ target: { department, organisation }, service, ...rest }): HubReferral => ({
    ...rest,
    department,
    organisation: organisation.id,
    serviceId: service?.id ?? null,
  }));
const DATA = {
  changes: z.object({
    referralChanges: z.object({
      edges: z.array(
        z.object({
          node: z.object({ referralId: z.string(), kind: z.enum(KINDS).nullable(), referral: referralNode.nullable() }),
        }),
      ),
      pageInfo,
    }),
  }),
  referral: z.object({ referral: referralNode.nullable() }),
  localIds: z.object({
    referral: z
      .object({
        subject: z
          .object({ localIds: z.array(z.object({ department: z.string(), localId: z.string() })).nullable() })
          .nullable(),
      })
      .nullable(),
  }),
  open: z.object({ referrals: z.object({ edges: z.array(z.object({ node: referralNode })), pageInfo }) }),
  move: z.object({ move: z.object({ userErrors: z.array(z.object({ code: z.string() })) }) }),
};
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).optional() })).default([]),
});

/** Each purpose under which referrals are seen, once; the ordinary one first. */
export const DESK_PURPOSES: readonly PurposeOfUse[] = [
  ...new Set<PurposeOfUse>(['REFERRAL', ...KINDS.map((kind) => purposeOf(kind))]),
];

function purposeOf(kind: ReferralKind): PurposeOfUse {
  const [first = 'REFERRAL', ...others] = KIND_RULES[kind].purposes;
  return others.includes('REFERRAL') ? 'REFERRAL' : first;
}

interface Asked {
  readonly document: string;
  readonly variables: object;
  readonly purpose: PurposeOfUse;
}

interface HubDeps {
  readonly fetch?: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
}

/** The hub over its API. Every operation may be made again: reads change nothing, moves name the version that they move. */
export function hubReferrals(settings: Settings<typeof deskSettings>, { signal, ...deps }: HubDeps = {}): HubReferrals {
  const timeoutMs = settings.HUB_TIMEOUT_MS;
  const api = splitEndpoint(settings.HUB_URL);
  const issuer = splitEndpoint(settings.HUB_TOKEN_URL);
  const door = httpDoor({ source: SOURCE, baseUrl: api.baseUrl, timeoutMs, ...deps });
  const tokens = accessTokens({
    source: SOURCE,
    door: httpDoor({ source: SOURCE, baseUrl: issuer.baseUrl, timeoutMs, ...deps }),
    path: issuer.path,
    clientId: settings.HUB_CLIENT_ID,
    clientSecret: settings.HUB_CLIENT_SECRET,
    scope: SCOPES,
  });

  async function ask({ document, variables, purpose }: Asked) {
    const answer = await withToken(tokens, signal, ({ authorization, pass }) =>
      door.send('POST', [api.path], {
        signal,
        read: true,
        headers: { authorization, 'content-type': 'application/json', 'x-purpose-of-use': purpose },
        body: JSON.stringify({ query: document, variables }),
        // GraphQL over HTTP: what cannot be asked so is said with 400.
        pass: (given) => pass(given) || given.status === 400,
      }),
    );
    const { data, errors } = answer.json(answerSchema);
    return { data, codes: errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN') };
  }

  async function dataOf<T>(schema: z.ZodType<T>, asked: Asked): Promise<T> {
    const { data, codes } = await ask(asked);
    const parsed = schema.safeParse(data);
    if (codes.length === 0 && parsed.success) return parsed.data;
    throw failure(codes);
  }

  async function referralFor(id: string, purpose: PurposeOfUse): Promise<HubReferral | null> {
    const { data, codes } = await ask({ document: REFERRAL, variables: { id }, purpose });
    // A purpose that the department's client does not have shows it nothing.
    if (purpose !== 'REFERRAL' && codes.includes('BAD_USER_INPUT')) return null;
    const parsed = DATA.referral.safeParse(data);
    if (codes.length > 0 || !parsed.success) throw failure(codes);
    return parsed.data.referral;
  }

  async function firstFor(id: string, purposes: readonly PurposeOfUse[]): Promise<HubReferral | null> {
    for (const purpose of purposes) {
      const found = await referralFor(id, purpose);
      if (found !== null) return found;
    }
    return null;
  }

  return {
    async changes(after) {
      const { data, codes } = await ask({ document: CHANGES, variables: { after }, purpose: 'REFERRAL' });
      if (after !== null && codes.includes('BAD_USER_INPUT')) return null;
      const parsed = DATA.changes.safeParse(data);
      if (codes.length > 0 || !parsed.success) throw failure(codes);
      const { edges, pageInfo: page } = parsed.data.referralChanges;
      const nodes = new Map(edges.map(({ node }) => [node.referralId, node]));
      const changed: HubReferral[] = [];
      for (const { referralId, kind, referral } of nodes.values()) {
        // What is seen under another purpose only is asked for under that.
        const others = kind === null ? DESK_PURPOSES : [purposeOf(kind)];
        const found =
          referral ??
          (await firstFor(
            referralId,
            others.filter((one) => one !== 'REFERRAL'),
          ));
        if (found !== null) changed.push(found);
      }
      return { changed, next: page.endCursor ?? after, more: page.hasNextPage };
    },
    async referral(id, kind) {
      return firstFor(id, kind === undefined ? DESK_PURPOSES : [purposeOf(kind)]);
    },
    async localIds({ id, kind, state, department }) {
      if (state === 'REQUESTED' || isOver(state)) return [];
      const asked = { document: LOCAL_IDS, variables: { id }, purpose: purposeOf(kind) };
      const { referral } = await dataOf(DATA.localIds, asked);
      return (referral?.subject?.localIds ?? [])
        .filter((one) => one.department === department)
        .map((one) => one.localId);
    },
    async open({ state, purpose }, after) {
      const { data, codes } = await ask({ document: OPEN, variables: { state, after }, purpose });
      if (purpose !== 'REFERRAL' && codes.includes('BAD_USER_INPUT')) return { referrals: [], next: null };
      const parsed = DATA.open.safeParse(data);
      if (codes.length > 0 || !parsed.success) throw failure(codes);
      const { edges, pageInfo: page } = parsed.data.referrals;
      return { referrals: edges.map(({ node }) => node), next: page.hasNextPage ? page.endCursor : null };
    },
    async move({ id, version, kind }, move, answer) {
      const input = {
        referralId: id,
        expectedVersion: version,
        // Of this version there is one move: asked for again, it is the same one.
        idempotencyKey: `desk-${id}-${version}`,
        ...moveContent(move, answer),
      };
      const asked = { document: moveDocument(move), variables: { input }, purpose: purposeOf(kind) };
      return (await dataOf(DATA.move, asked)).move.userErrors[0]?.code ?? null;
    },
  };
}

function failure(codes: readonly string[]): SourceError {
  if (codes.length === 0) return invalidAnswer(SOURCE, 'an answer to another question');
  // What is broken inside the hub may be whole a moment later; what it does not take will not be taken then either.
  const passing = !codes.includes('BAD_USER_INPUT') && !codes.includes('FORBIDDEN_FIELD');
  return new SourceError(passing ? 'SOURCE_UNAVAILABLE' : 'SOURCE_INVALID', {
    source: SOURCE,
    cause: Object.assign(new Error('the hub refused an operation'), { code: codes[0] }),
  });
}
