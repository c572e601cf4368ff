/**
 * The hub as it runs on several machines: the demo's story on it, what it lets in and how long, asked through the load
 * balancer and at each gateway. One start of all this for everything that is tried on it; what becomes of requests while
 * parts of it die is tried on another at the same time, in several-machines-faults.stack.ts.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type OtlpReceiver, otlpReceiver } from '../adapters/observability/otlp-receiver.fixture.ts';
import { type KeyProxy, keyProxy } from '../e2e/harness/key-proxy.ts';
import { describeTokens } from '../e2e/security/tokens.contract.ts';
import { describeEndsEverywhere } from '../e2e/stack/ends-everywhere.contract.ts';
import { describeKeycloak } from '../e2e/stack/keycloak.contract.ts';
import { type KeycloakWorld, keycloakWorld, newKeySigns } from '../e2e/stack/keycloak-world.ts';
import { describeNoPersonalData, describeNothingPersonalWatched } from '../e2e/stack/no-personal-data.contract.ts';
import { describeWatched } from '../e2e/stack/watched.contract.ts';
import { startTopology, type Topology } from '../e2e/stack/start-topology.ts';
import { describeStory } from '../e2e/stack/story.contract.ts';
import { describeAuthentication } from './authentication/test-support/authentication-suite.ts';

const lines: string[] = [];
let topology: Topology;
let collector: OtlpReceiver;
let keys: KeyProxy;
let world: KeycloakWorld;

beforeAll(async () => {
  // Hands on what Keycloak publishes, so that it can be broken; it adds nothing.
  keys = await keyProxy(() => []);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  collector = await otlpReceiver();
  const watched = { METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, LOG_LEVEL: 'debug' };
  const environment = { OIDC_JWKS_URL: keys.url, ...watched };
  topology = await startTopology({ environment, heard: (line) => lines.push(line), say });
  keys.before(topology.signIn.issuer);
  world = await keycloakWorld(topology, keys);
}, 600_000);
afterAll(async () => {
  await topology?.close();
  await keys?.close();
  await collector?.close();
}, 120_000);

describe('the story, and what watches it', () => {
  describeStory(() => topology);
  describeWatched(() => ({ topology, collector, lines }));
});
describe('case 10: what has ended', () => {
  describeEndsEverywhere(() => topology);
});
describeKeycloak(() => world);
describeAuthentication('Keycloak', async () => ({
  ...world.signIn,
  rotateKeys: async () => newKeySigns(world.signIn),
  close: async () => {},
}));
describe('after all that', () => {
  describeNoPersonalData(() => topology, lines);
  describeNothingPersonalWatched(() => ({ topology, collector, lines }));
});
// Last of all: it ends with nobody to ask for keys.
describeTokens('Keycloak', async () => ({ ...world, close: async () => {} }));
