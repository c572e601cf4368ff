/**
 * The process that the crash test kills: one referral after the other goes its way, over a real file, while the relays run.
 * It says what it asks before it does, and what was acknowledged when it was. Test support.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { signingKey, silent, spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import { changeRelay } from '../../adapters/audit/change-relay.ts';
import { checkpointPlace } from '../../adapters/audit/checkpoint-place.ts';
import { openAuditLog } from '../../adapters/audit/open-audit-log.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, byThemselves, MOVE_INPUTS, referralHub } from './referral.fixture.ts';

const askedSchema = z.object({
  field: z.string(),
  who: z.enum(['school', 'clinic', 'ward']),
  input: z.looseObject({ idempotencyKey: z.string(), expectedVersion: z.number().optional() }),
});
export type Asked = z.infer<typeof askedSchema>;

export const lineSchema = z.union([
  z.object({ asked: askedSchema }),
  z.object({ acknowledged: askedSchema, id: z.string(), version: z.number() }),
]);
type Line = z.infer<typeof lineSchema>;

const WHO: Readonly<Record<Asked['who'], HubRequest>> = {
  school: at('school-7'),
  clinic: at('clinic'),
  ward: byThemselves('ward'),
};

/** Ways that a referral goes. */
const WAYS: readonly (readonly (readonly [Asked['who'], string, object?])[])[] = [
  [
    ['clinic', 'requestReferralInformation', { text: '是否已有评估？' }],
    ['school', 'provideReferralInformation', { text: '有。' }],
    ['clinic', 'acceptReferral'],
    ['clinic', 'joinCareTeam', { role: '咨询师', categories: ['education:assessment'], worker: 'worker-of-clinic' }],
    ['clinic', 'startReferral'],
    ['clinic', 'completeReferral', { outcome: 'SERVED', advice: '每周一次辅导' }],
    ['school', 'acknowledgeReferral'],
  ],
  [
    ['clinic', 'rejectReferral', { code: 'DUPLICATE' }],
    ['school', 'acknowledgeReferral'],
  ],
  [
    ['clinic', 'acceptReferral'],
    ['clinic', 'startReferral'],
    ['clinic', 'holdReferral', { reason: '住院' }],
    ['ward', 'declineReferral'],
  ],
  [
    ['school', 'addReferralMessage', { text: '请尽快' }],
    ['school', 'cancelReferral'],
  ],
];

/** The hub over what is in this folder, and the relay that carries audit records into their chain. */
export async function crashHub(folder: string) {
  const hub = await referralHub({ file: join(folder, 'hub.db') });
  const { store } = hub;
  const place = checkpointPlace(`file:${join(folder, 'checkpoints.jsonl')}`);
  const auditLog = await openAuditLog({ store, writer: 'hub', place, signingKey, spool: spoolInMemory(), log: silent });
  const relay = changeRelay({ store, auditLog, log: silent });
  return { ...hub, auditLog, relay };
}

async function moveUntilKilled(folder: string, unanswered: string): Promise<never> {
  const { ask, relay } = await crashHub(folder);
  const say = (line: Line) => writeSync(1, `${JSON.stringify(line)}\n`);

  async function make(asked: Asked): Promise<{ id: string; version: number }> {
    const { field, who, input } = asked;
    const type = field === 'createReferral' ? 'CreateReferralInput' : (MOVE_INPUTS[field] ?? 'ReferralMoveInput');
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { referral { id version } userErrors { code } } }`;
    say({ asked });
    const { data, codes } = await ask(query, { input }, WHO[who]);
    const { referral, userErrors } = data?.[field] ?? { userErrors: codes };
    if (userErrors.length > 0) throw new Error(`${field}: ${JSON.stringify(userErrors)}`);
    say({ acknowledged: asked, ...referral });
    void relay.run();
    return referral;
  }

  // What the one before was not told it asks again, as a client would.
  if (unanswered !== '') await make(askedSchema.parse(JSON.parse(unanswered)));
  for (let n = 0; ; n += 1) {
    const created = await make({
      field: 'createReferral',
      who: 'school',
      input: {
        idempotencyKey: crypto.randomUUID(),
        kind: 'SERVICE',
        personId: 'ward',
        target: { organisation: 'clinic' },
        reasonCode: 'MOOD',
        reason: '近两周情绪低落',
        categories: ['education:assessment'],
      },
    });
    let { version } = created;
    for (const [who, field, said] of WAYS[n % WAYS.length] ?? []) {
      const more = { referralId: created.id, expectedVersion: version, idempotencyKey: crypto.randomUUID() };
      ({ version } = await make({ field, who, input: { ...more, ...said } }));
    }
  }
}

if (import.meta.main) await moveUntilKilled(process.argv[2] ?? '', process.argv[3] ?? '');
