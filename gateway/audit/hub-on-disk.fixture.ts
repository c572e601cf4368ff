/**
 * The person subgraph with audit log and permissions as the hub puts them together, over files of one folder; and, run as
 * a process, what the crash test kills: consents are given and withdrawn while answers that rest on them go out.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, Kind, parse, print } from 'graphql';
import { changeRelay } from '../../adapters/audit/change-relay.ts';
import { checkpointPlace } from '../../adapters/audit/checkpoint-place.ts';
import { openAuditLog } from '../../adapters/audit/open-audit-log.ts';
import { signingKeyOf } from '../../adapters/audit/signing-key.ts';
import { openSpool } from '../../adapters/audit/spool.ts';
import { readPermissionTable } from '../../schema/permission-table.ts';
import { DISTRICT } from '../../subgraphs/person/person-fixtures.ts';
import { own, staff, trustHub } from '../../subgraphs/person/trust.fixture.ts';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { gatewayContext } from '../gateway-context.ts';
import type { Execute } from '../engine/engine.ts';
import { permissionExecutor } from '../permissions/permission-executor.ts';
import { inProcessCall } from '../subgraph-sources/in-process-call.ts';
import { auditedExecutor } from './audited-executor.ts';
import { stillStand } from './still-stand.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'));
const table = readPermissionTable(new URL('../../schema/generated/permissions.json', import.meta.url));

/** What a caller says beside the query, as no parser of the hub would let it through. */
interface Said {
  readonly name?: string;
  readonly traceparent?: string | null;
}

/** `late`: as if a minute later, when what a dead process had claimed is free again. */
export async function hubOnDisk(folder: string, { key, late = false }: { key: string; late?: boolean }) {
  const storeClock = () => Date.now() + (late ? 60_000 : 0);
  const hub = await trustHub({ file: join(folder, 'hub.db'), storeClock });
  const spool = openSpool(join(folder, 'spool.jsonl'));
  const place = checkpointPlace(`file:${join(folder, 'checkpoints.jsonl')}`);
  const parts = { store: hub.store, place, spool, signingKey: signingKeyOf(key) };
  const auditLog = await openAuditLog({ ...parts, writer: 'hub', log: silentLog });
  const relay = changeRelay({ store: hub.store, auditLog, log: silentLog });
  await relay.run();
  const call = inProcessCall(hub.subgraph, { timeoutMs: 4_000 });
  const engine: Execute = async ({ context, document, variables }) => {
    const { data, errors, extensions } = await call({ query: print(document), variables }, context);
    context.decisions.collect('person', extensions ?? {});
    return { data, errors };
  };
  const execute = auditedExecutor(permissionExecutor(engine, { schema, table }), {
    auditLog,
    log: silentLog,
    stillStand: stillStand(() => call),
    changed: () => void relay.run(),
  });
  return {
    ...hub,
    place,
    /** One request through the front of the hub, under an id of its own; what comes back has been released. */
    request: async (query: string, variables: object, as: HubRequest, { name, traceparent = null }: Said = {}) => {
      const requestId = randomUUID();
      const context = gatewayContext({ hub: { ...as, requestId }, requestId, signal: as.signal, traceparent });
      const document = parse(query);
      const [parsed] = document.definitions;
      const operation = name === undefined ? parsed : { ...parsed, name: { kind: Kind.NAME, value: name } };
      const asked = { context, document, queryHash: query, operationName: null, operation, variables };
      return { requestId, answer: JSON.parse(JSON.stringify(await execute(asked as never))) };
    },
    close: async () => {
      await relay.close();
      await auditLog.close();
      await spool.close();
      await hub.close();
    },
  };
}

const GIVE = 'mutation ($input: GiveConsentInput!) { giveConsent(input: $input) { consent { id status } } }';
const WITHDRAW =
  'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consent { id status } } }';
const SEEN = 'query ($id: ID!) { person(id: $id) { maskedName access { category basis } } }';
/** Every third consent stays; it is another's, so that what is asked for shows and does not show by turns. */
const KEPT_EVERY = 3;

/** What the killed process had acknowledged, a line each. */
export interface Acknowledged {
  readonly request: string;
  readonly given?: string;
  readonly withdrawn?: string;
  readonly seen?: boolean;
}

async function answerUntilKilled(folder: string, key: string, personId: string): Promise<void> {
  const hub = await hubOnDisk(folder, { key });
  await hub.saveLike(personId, { birthDate: '1980-05-01', guardianships: [] });
  const tell = (line: Acknowledged) => writeSync(1, `${JSON.stringify(line)}\n`);
  const terms = (department: string) => ({
    recipients: [{ department, division: DISTRICT }],
    categories: ['health:visits'],
    sensitiveCategories: ['health:visits'],
    purposes: ['CARE'],
  });
  const ask = async () => {
    const justice = { department: 'JUSTICE', client: 'justice-system', subject: 'j', organisation: 'j' };
    const { requestId, answer } = await hub.request(SEEN, { id: personId }, staff(justice));
    tell({ request: requestId, seen: (answer.data?.person ?? null) !== null });
  };
  const consents = async () => {
    for (let n = 1; ; n += 1) {
      const kept = n % KEPT_EVERY === 0;
      const agreed = terms(kept ? 'UNION' : 'JUSTICE');
      const input = { personId, idempotencyKey: randomUUID(), terms: agreed, language: 'zh-CN' };
      const given = await hub.request(GIVE, { input }, own(personId));
      const consentId = given.answer.data.giveConsent.consent.id;
      tell({ request: given.requestId, given: consentId });
      if (kept) continue;
      await ask();
      const withdrawn = await hub.request(WITHDRAW, { input: { personId, consentId } }, own(personId));
      if (withdrawn.answer.data.withdrawConsent.consent.status !== 'WITHDRAWN') throw new Error('not withdrawn');
      tell({ request: withdrawn.requestId, withdrawn: consentId });
    }
  };
  const answers = async () => {
    for (;;) await ask();
  };
  await Promise.all([consents(), answers()]);
}

if (import.meta.main) {
  const [folder = '', key = '', personId = ''] = process.argv.slice(2);
  await answerUntilKilled(folder, key, personId);
}
