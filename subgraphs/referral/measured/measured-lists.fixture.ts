/**
 * Pages of a department's inbox and its counts, in stores of several sizes side by side. Test support; as a program
 * (arguments: folder, rounds, sizes with commas) it prints the figures.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cursorOf } from '../../../adapters/store/cursor.ts';
import { at, type Hub, referralHub } from '../referral.fixture.ts';
import { dueOf, fillReferrals, referralIdOf } from './many-referrals.fixture.ts';
import { type Taken, timed } from './timed.fixture.ts';

export interface ListsFigures {
  readonly filled: readonly { readonly size: number; readonly seconds: number; readonly bytes: number }[];
  /** One request, the mean of a batch; an entry for each round. */
  readonly lists: readonly { readonly what: string; readonly size: number; readonly taken: readonly Taken[] }[];
}

interface ListsOptions {
  readonly folder: string;
  readonly rounds: number;
  readonly sizes: readonly number[];
}

const PAGE = 20;
const REQUESTS_OF_A_BATCH = 10;

/** What a list of work shows of each. */
const INBOX = `query ($filter: ReferralFilter, $order: ReferralOrder, $after: String) {
  referrals(box: INBOX, filter: $filter, order: $order, first: ${PAGE}, after: $after) {
    edges { cursor node { id version kind state priority reasonCode reason ageBand division basisStands overdue createdAt
      requester { organisation { id } } service { id } subject { id } clocks { step dueAt } availableMoves { move available } } }
    pageInfo { hasNextPage endCursor }
  } }`;
const COUNTS = '{ referralCounts(box: INBOX) { state count } }';

interface Asked {
  readonly what: string;
  readonly query: string;
  readonly variables: (size: number) => object;
}

/** A cursor is a place in the order: of one value an id, of what is due first an instant as well. */
const half = (size: number) => Math.floor(size / 2);
const middle = (size: number) => cursorOf([referralIdOf(half(size))]);
const middleDue = (size: number) =>
  cursorOf([`INBOX|CARE|department:HEALTH:990101|${dueOf(half(size))}`, referralIdOf(half(size))]);

const page = (what: string, variables: Asked['variables']): Asked => ({ what, query: INBOX, variables });
const ASKED: readonly Asked[] = [
  page('oldest first', () => ({ order: 'OLDEST_FIRST' })),
  page('oldest first, from the middle', (size) => ({ order: 'OLDEST_FIRST', after: middle(size) })),
  page('newest first', () => ({ order: 'NEWEST_FIRST' })),
  page('newest first, from the middle', (size) => ({ order: 'NEWEST_FIRST', after: middle(size) })),
  page('due first', () => ({ order: 'DUE_FIRST' })),
  page('due first, from the middle', (size) => ({ order: 'DUE_FIRST', after: middleDue(size) })),
  page('of one state', () => ({ filter: { state: 'REQUESTED' } })),
  page('of one state, from the middle', (size) => ({ filter: { state: 'REQUESTED' }, after: middle(size) })),
  { what: 'counts by state', query: COUNTS, variables: () => ({}) },
];

/** The system of the health department, which serves all its institutions. */
const asking = at('health-commission', { client: 'health-system', roles: ['department-system'] });

/** All sizes are asked in turn, so that what drifts hits none more than another. The first round warms up. */
export async function measuredLists({ folder, rounds, sizes }: ListsOptions): Promise<ListsFigures> {
  const filled: ListsFigures['filled'][number][] = [];
  const hubs: { size: number; hub: Hub }[] = [];
  try {
    for (const size of sizes) {
      const file = join(folder, `referrals-${size}.db`);
      const { ms } = await timed(async () => fillReferrals(file, size));
      filled.push({ size, seconds: ms / 1_000, bytes: statSync(file).size });
      hubs.push({ size, hub: await referralHub({ file }) });
    }
    const lists = ASKED.flatMap((asked) => hubs.map((one) => ({ ...asked, ...one, taken: [] as Taken[] })));
    for (const one of lists) await expectWhole(one);
    for (let round = 0; round <= rounds; round += 1)
      for (const { taken, ...one } of lists) {
        const batch = await timed(async () => askBatch(one));
        const each = { ms: batch.ms / REQUESTS_OF_A_BATCH, micros: batch.micros / REQUESTS_OF_A_BATCH };
        if (round > 0) taken.push(each);
      }
    return { filled, lists: lists.map(({ what, size, taken }) => ({ what, size, taken })) };
  } finally {
    for (const { hub } of hubs) await hub.close();
  }
}

interface AskedOf extends Asked {
  readonly hub: Hub;
  readonly size: number;
}

const ask = async ({ hub, size, query, variables }: AskedOf) => hub.ask(query, variables(size), asking);

async function askBatch(asked: AskedOf): Promise<void> {
  for (let i = 0; i < REQUESTS_OF_A_BATCH; i += 1) await ask(asked);
}

/** What is compared must be the same work: a whole page with all that it shows, and a count of all. */
async function expectWhole(asked: AskedOf): Promise<void> {
  const { data, codes } = await ask(asked);
  const shown = data?.referrals?.edges ?? [];
  // What was rejected is closed to the target: its reason is not read, and costs nothing.
  const isWholeNode = ({ node }: { node: { reason: string | null; state: string } }) =>
    (node.reason === null) === (node.state === 'REJECTED');
  const reasons = shown.filter(isWholeNode).length;
  const counted = (data?.referralCounts ?? []).reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  const isWhole = asked.query === COUNTS ? counted === asked.size : reasons === PAGE;
  if (codes.length > 0 || !isWhole)
    throw new Error(
      `${asked.what} of ${asked.size}: ${JSON.stringify(codes)} ${shown.length} shown, ${counted} counted`,
    );
}

if (import.meta.main) {
  const [folder = '.', rounds, sizes = ''] = process.argv.slice(2);
  const figures = await measuredLists({ folder, rounds: Number(rounds), sizes: sizes.split(',').map(Number) });
  console.log(JSON.stringify(figures));
}
