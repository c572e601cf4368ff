/**
 * The hub as `gateway/main.ts` starts it, but for what its one argument leaves out, to measure what that costs. Test
 * support of the benchmark: production cannot import it, and no configuration of the hub does the same.
 */
import { pino } from 'pino';
import { decidedOnce } from '../subgraphs/person/decided-once.fixture.ts';
import { personSubgraph } from '../subgraphs/person/person-subgraph.ts';
import { referralParts } from '../subgraphs/person/main.ts';
import { auditedExecutor } from './audit/audited-executor.ts';
import { type HubConfiguration, hubConfiguration } from './hub-configuration.ts';
import { startHub } from './start-hub.ts';

type Audited = typeof auditedExecutor;

const keepsNothing = {
  append: async () => {},
  appendThroughSpool: async () => {},
  close: async () => {},
};
const withoutAudit: Audited = (execute) => async (requestContext) => (await execute(requestContext)).answer;

/** Each leaves out what those before it do as well. */
const LEFT_OUT: Readonly<Record<string, { readonly audited: Audited; readonly decides: 'always' | 'once' }>> = {
  durability: {
    audited: (execute, options) => auditedExecutor(execute, { ...options, auditLog: keepsNothing }),
    decides: 'always',
  },
  'second-look': {
    audited: (execute, options) =>
      auditedExecutor(execute, {
        ...options,
        auditLog: keepsNothing,
        stillStand: async (relied) => relied.map(() => true),
      }),
    decides: 'always',
  },
  record: { audited: withoutAudit, decides: 'always' },
  decision: { audited: withoutAudit, decides: 'once' },
};

if (process.env.NODE_ENV === 'production') throw new Error('for measuring only: this hub records nothing');
const leftOut = LEFT_OUT[process.argv[2] ?? ''];
if (leftOut === undefined) throw new Error(`one of: ${Object.keys(LEFT_OUT).join(', ')}`);

const configuration = await hubConfiguration({ ...process.env, HOST: '127.0.0.1' });
const log = pino({ level: configuration.settings.LOG_LEVEL, base: null }, process.stdout);
const given = leftOut.decides === 'once' ? decidingOnce(configuration) : configuration;
const server = await startHub(given, { log, audited: leftOut.audited });
log.warn(
  { url: server.url, leftOut: process.argv[2] },
  'MEASURED: this hub leaves out a part of the trust; loopback only',
);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));

function decidingOnce({ modules, ...others }: HubConfiguration): HubConfiguration {
  return {
    ...others,
    modules: modules.map(({ module, settings }) => {
      if (module.name !== 'person') return { module, settings };
      // As the module's own `create`, with another decision.
      const create: typeof module.create = async (services) =>
        personSubgraph(services, { ...referralParts(services.store()), visible: decidedOnce() });
      return { settings, module: { ...module, create } };
    }),
  };
}
