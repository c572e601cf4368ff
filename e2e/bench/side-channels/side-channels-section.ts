import { AS_IN_PRODUCTION, keptProcesses, keptStack } from '../kept-processes.ts';
import { requestBytes } from '../gateway/request-bytes.ts';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import type { Stack } from '../../harness/start-stack.ts';
import { distinguished, distinguishedByGroups, type Features } from './distinguisher.ts';
import type { Ask, Pair } from './pair.ts';
import { PAIRS, PLANTED, SAME_TWICE } from './pairs.ts';
import { sameBytes } from './same-bytes.ts';
import { timedConnection, type Timing } from './timed-connection.ts';

interface SideChannelOptions {
  /** Of both sides together. */
  readonly samples: number;
  /** Names of pairs; none = all. */
  readonly trials: readonly string[];
}

const PEOPLE = 200;
const WARM_UP = 50;
/** Pairs of samples; on a busy machine a token would be too old at their end. */
const NEW_TOKEN_EVERY = 250;
const GROUP = 10;

type Environment = Readonly<Record<string, string>>;

/** Hubs alike but for what holds back the answers that show nobody. */
const HUBS: Readonly<Record<string, Environment>> = {
  'answers not held': { UNSEEN_ANSWER_MS: '0' },
  'as it is': {},
};

const TEXT = `Whoever asks learns from neither answer what the pair keeps secret; what is left is time. Each pair has a hub of
its own and is asked in turn, by tossing a coin, on one connection; a rule (a threshold or an interval of the first byte's
or the last byte's time) is learnt from half of the samples and judged by the other half. 50 % is chance.

- told apart: how often the rule was right about one answer.
- by ${GROUP}: about ${GROUP} answers about the same kind of person, by their median, least and mean.
- same bytes: status, headers and body are equal but for date, hub ids and instants.`;

export async function sideChannelsSection({ samples, trials }: SideChannelOptions): Promise<string> {
  const all = [SAME_TWICE, PLANTED, ...PAIRS];
  const pairs = trials.length > 0 ? all.filter(({ name }) => trials.some((one) => name.includes(one))) : all;
  if (!trials.every((one) => all.some(({ name }) => name.includes(one))))
    throw new Error(`--trials: of ${all.map(({ name }) => name).join('; ')}`);
  const rows = [];
  for (const [hub, environment] of Object.entries(HUBS)) {
    for (const pair of pairs) {
      const row = rowOf(pair, await withOwnHub(environment, (stack) => measured(pair, stack, samples)));
      console.error(hub, ...row);
      rows.push([hub, ...row]);
    }
  }
  const head = [
    'hub',
    'asked',
    'secret',
    'told apart %',
    `by ${GROUP} %`,
    'median ms',
    'median ms, other',
    'same bytes',
  ];
  return `${TEXT}\n\n${markdownTable(head, rows)}`;
}

/** What one pair leaves about the sample people (reports, emergencies) must not tell the sides of the next one apart. */
async function withOwnHub<T>(environment: Environment, use: (stack: Stack) => Promise<T>): Promise<T> {
  const kept = keptProcesses();
  try {
    const unlimited = { ...AS_IN_PRODUCTION, PERSON_MATCHES_PER_MINUTE: '10000' };
    return await use(await keptStack(kept.keep, { people: PEOPLE, environment: { ...unlimited, ...environment } }));
  } finally {
    await kept.close();
  }
}

interface Measured {
  readonly a: readonly Timing[];
  readonly b: readonly Timing[];
}

async function measured(pair: Pair, stack: Stack, samples: number): Promise<Measured> {
  const token = await pair.token(stack);
  const sides = await pair.sides(stack, { token, times: samples / 2 + WARM_UP });
  let headers = asCaller(pair, token);
  const bytesOf = (ask: Ask) => requestBytes(stack.gateway, ask(), headers);
  const connection = await timedConnection(stack.gateway);
  try {
    for (let i = 0; i < WARM_UP; i += 1) await connection.ask(bytesOf(i % 2 === 0 ? sides.a : sides.b));
    const timings: Record<'a' | 'b', Timing[]> = { a: [], b: [] };
    for (let i = 0; i < samples / 2; i += 1) {
      if (i % NEW_TOKEN_EVERY === 0) headers = asCaller(pair, await pair.token(stack));
      for (const side of Math.random() < 0.5 ? (['a', 'b'] as const) : (['b', 'a'] as const)) {
        const plantedMs = pair === PLANTED && side === 'b' ? 1 : 0;
        timings[side].push(await connection.ask(bytesOf(sides[side]), plantedMs));
      }
    }
    return timings;
  } finally {
    connection.close();
  }
}

const asCaller = ({ purpose = 'CARE' }: Pair, token: string) => ({
  authorization: `Bearer ${token}`,
  'x-purpose-of-use': purpose,
});

const features = (timings: readonly Timing[]): readonly Features[] =>
  timings.map(({ firstByteMs, totalMs }) => [firstByteMs, totalMs]);

function rowOf({ name, secret }: Pair, { a, b }: Measured) {
  const sides = { a: features(a), b: features(b) };
  const medianMs = (timings: readonly Timing[]) => median(timings.map(({ totalMs }) => totalMs));
  const shapes = new Set([...a, ...b].map(sameBytes));
  return [
    name,
    secret,
    percent(distinguished(sides)),
    percent(distinguishedByGroups(sides, GROUP)),
    medianMs(a),
    medianMs(b),
    shapes.size === 1 ? 'yes' : `no: ${shapes.size}`,
  ];
}

const percent = (share: number) => (share * 100).toFixed(1);
