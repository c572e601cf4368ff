import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { allowedOrigins } from './browsers/allowed-origins.ts';
import { securityContacts, securityExpiry } from './browsers/security-txt.ts';
import { plainHttpFault } from '../adapters/shared/plain-http.ts';
import { setting, type Settings, type SettingsTable } from '../adapters/shared/settings.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** A secret that keys are derived from; short ones are refused. */
const secret = {
  schema: z.string().min(32, 'must have at least 32 characters').optional(),
  secret: 'key',
  shown: 'random at each start; required where a subgraph has a url',
} as const;

/** The gateway's environment variables. With those of the store and of each subgraph they make docs/configuration.md. */
export const gatewaySettings = {
  HOST: { schema: setting.text('127.0.0.1'), description: 'address to listen on', shown: '127.0.0.1' },
  PORT: {
    schema: setting.integer({ min: 0, max: 65_535, fallback: 4000 }),
    description: 'port to listen on; 0 = any free one',
    shown: '4000',
  },
  OIDC_ISSUER: {
    schema: setting.url(),
    description: "issuer of the access tokens, as it stands in their iss, e.g. Keycloak's https://host/realms/care",
    inProduction: plainHttpFault,
  },
  OIDC_JWKS_URL: {
    schema: setting.url().optional(),
    description: 'where the keys of the issuer are',
    inProduction: plainHttpFault,
    shown: '<issuer>/protocol/openid-connect/certs',
  },
  OIDC_AUDIENCE: { schema: setting.text('hub-api'), description: "the hub's name in aud", shown: 'hub-api' },
  OIDC_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    secret: 'credential',
    description:
      "the secret of the client OIDC_AUDIENCE at the sign-in server, by which the hub asks whether a token still holds where that is worth it, and follows Keycloak's not-before (docs/decisions/revoked-tokens.md)",
    shown: 'none: neither is asked',
  },
  DEPLOYMENT_FILE: {
    schema: setting.text(inProject('schema/deployment.json')),
    description:
      'where each subgraph runs, in this process or at which url; which departments there are follows from schema/deployment.json, which the schema was composed from',
    shown: 'schema/deployment.json',
  },
  SUPERGRAPH_FILE: {
    schema: setting.text(inProject('schema/generated/supergraph.graphql')),
    description: "the planner's supergraph",
    shown: 'schema/generated/supergraph.graphql',
  },
  PERMISSIONS_FILE: {
    schema: setting.text(inProject('schema/generated/permissions.json')),
    description: 'the permission table',
    shown: 'schema/generated/permissions.json',
  },
  API_FILE: {
    schema: setting.text(inProject('schema/generated/api.graphql')),
    description: 'the public API schema, as GET /schema.graphql answers it',
    shown: 'schema/generated/api.graphql',
  },
  CLIENTS_FILE: {
    schema: setting.text(inProject('schema/clients.json')),
    description: 'the clients that may call the hub, and the roles that it knows',
    shown: 'schema/clients.json',
  },
  GRANT_SECRET: {
    ...secret,
    description:
      "keys of the grants are derived from it: the person subgraph signs with them, each department's opens with its own",
  },
  ASSERTION_SECRET: {
    ...secret,
    description: 'keys of the assertions are derived from it, by which the gateway tells a subgraph who asks',
  },
  SUPERGRAPH_WATCH: {
    schema: setting.oneOf(['on', 'off'], 'on'),
    description:
      'whether a change of the three files of the schema is taken over by itself; SIGHUP does it in either case',
    shown: 'on',
  },
  GATEWAY_ENGINE: {
    schema: setting.oneOf(['hub', 'apollo'], 'hub'),
    description:
      "what executes operations: the hub's own engine, or ApolloGateway for comparison; both give the same answers",
    shown: 'hub',
  },
  REQUEST_TIMEOUT_MS: {
    schema: setting.integer({ min: 100, max: 120_000, fallback: 10_000 }),
    description: 'deadline of a whole request in milliseconds; what has not come by then is null with SOURCE_TIMEOUT',
    shown: '10000',
  },
  SUBGRAPH_TIMEOUT_MS: {
    schema: setting.integer({ min: 50, max: 60_000, fallback: 4_000 }),
    description:
      'deadline of one call to a subgraph in milliseconds, below REQUEST_TIMEOUT_MS, so that one that hangs costs its own part only',
    shown: '4000',
  },
  UNSEEN_ANSWER_MS: {
    schema: setting.integer({ min: 0, max: 1_000, fallback: 25 }),
    description:
      'an answer in which somebody who was asked for does not show leaves so many milliseconds after its request, or a multiple of that, so that the time tells nothing; one to a change after four times as many; 0 = at once',
    shown: '25',
  },
  OPERATION_COST_MAX: {
    schema: setting.integer({ min: 1, max: 1_000_000_000, fallback: 20_000 }),
    description: 'the most that one operation may cost (docs/integrating.md: limits); a care profile costs about 300',
    shown: '20000',
  },
  CLIENT_COST_PER_SECOND: {
    schema: setting.integer({ min: 0, max: 1_000_000_000, fallback: 20_000 }),
    description: 'what each client may spend a second in the long run, at each gateway; 0 = no limit',
    shown: '20000',
  },
  CLIENT_COST_BURST: {
    schema: setting.integer({ min: 1, max: 1_000_000_000, fallback: 200_000 }),
    description: 'what a client that has been quiet may spend at once, and may owe for what was read and planned',
    shown: '200000',
  },
  GRAPHQL_HANDLER: {
    schema: setting.oneOf(['lean', 'apollo'], 'lean'),
    description: "what runs an operation's checks: the hub's own pipeline, or Apollo Server's; both answer alike",
    shown: 'lean',
  },
  ANSWER_COMPRESSION: {
    schema: setting.oneOf(['on', 'off'], 'off'),
    description:
      'whether answers above 1.4 kB are compressed (br, gzip) for those who take it; leave it to the TLS proxy where that does it',
    shown: 'off',
  },
  ALLOWED_ORIGINS: {
    schema: allowedOrigins(),
    description:
      'origins whose pages may ask the hub from a browser, separated by commas, e.g. https://desk.example; pages of the hub’s own host always may, all others are refused',
    shown: 'none',
  },
  STRICT_TRANSPORT_SECONDS: {
    schema: setting.integer({ min: 0, max: 63_072_000, fallback: 0 }),
    description:
      'max-age of Strict-Transport-Security; 0 = not sent. Only where TLS ends before the hub and the proxy does not send it itself',
    shown: '0',
  },
  SECURITY_CONTACT: {
    schema: securityContacts(),
    description:
      'whom to tell of a weakness, in /.well-known/security.txt (RFC 9116): mailto:, tel: or https: addresses, separated by commas, the preferred one first',
    shown: 'none: there is no such page',
  },
  SECURITY_CONTACT_EXPIRES: {
    schema: securityExpiry(),
    description: 'until when that holds, at most a year ahead, e.g. 2027-06-30T00:00:00+08:00; then the page is gone',
    shown: 'none; required beside SECURITY_CONTACT',
  },
  LOG_LEVEL: {
    schema: setting.oneOf(['error', 'warn', 'info', 'debug', 'silent'], 'info'),
    description: 'least severe level that is logged (JSON lines on standard output)',
    shown: 'info',
  },
} satisfies SettingsTable;

type Timeouts = Settings<Pick<typeof gatewaySettings, 'REQUEST_TIMEOUT_MS' | 'SUBGRAPH_TIMEOUT_MS'>>;

/** What is wrong with both together: a call as long as its request leaves no time for what comes after it. */
export function timeoutProblems({ REQUEST_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS }: Timeouts): readonly string[] {
  return SUBGRAPH_TIMEOUT_MS >= REQUEST_TIMEOUT_MS
    ? [
        `SUBGRAPH_TIMEOUT_MS: ${SUBGRAPH_TIMEOUT_MS} must be less than REQUEST_TIMEOUT_MS, which is ${REQUEST_TIMEOUT_MS}`,
      ]
    : [];
}
