import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianProgram } from './debian-packages.ts';
import { freePorts } from './free-ports.ts';
import { newDataFolder, type ServerProcess, startServer } from './server-process.ts';

const CONFIGURATION = new URL('../../../ops/haproxy.cfg', import.meta.url);

export interface HaproxyOptions {
  readonly folder: string;
  /** Of TLS; 0, the default, takes any free port. */
  readonly port?: number;
  /** The gateways, as `host:port`; two, as in the configuration. */
  readonly gateways: readonly [string, string];
  /** Keycloak, and where its health is asked; left out: nobody is there. */
  readonly keycloak?: { readonly address: string; readonly healthPort: number };
  readonly hubHost?: string;
  readonly ssoHost?: string;
  /** Chain and private key in PEM, one after the other. */
  readonly certificate: string;
}

export interface RunningHaproxy extends ServerProcess {
  /** `https://127.0.0.1:PORT`; what is asked must name `hubHost` or `ssoHost` as its host. */
  readonly url: string;
  readonly port: number;
  readonly plainPort: number;
  /** Where Keycloak tells of sessions that end. */
  readonly signOutUrl: string;
}

/** The program `haproxy`. */
export async function installHaproxy(): Promise<string> {
  return debianProgram({ name: 'HAProxy', packages: ['haproxy'], program: '/usr/sbin/haproxy' });
}

/** The load balancer of docker-compose.yml, by its own configuration, on 127.0.0.1. */
export async function startHaproxy(options: HaproxyOptions): Promise<RunningHaproxy> {
  const { folder, port: wanted = 0, hubHost = 'hub.city.example', ssoHost = 'sso.city.example' } = options;
  const program = await installHaproxy();
  const [free = 0, plainPort = 0, health = 0, signOuts = 0] = await freePorts(4);
  const port = wanted === 0 ? free : wanted;
  const home = newDataFolder(folder, 'haproxy') ?? join(folder, 'haproxy');
  const certificate = join(home, 'certificate.pem');
  const file = join(home, 'haproxy.cfg');
  writeFileSync(certificate, options.certificate);
  const places = { certificate, port, plainPort, signOuts, health };
  writeFileSync(file, placed(readFileSync(CONFIGURATION, 'utf8'), options, places));
  const server = await startServer({
    program,
    arguments: ['-W', '-db', '-f', file],
    environment: { HUB_HOST: hubHost, SSO_HOST: ssoHost },
    isReady: (line) => line.includes('Loading success'),
  });
  const signOutUrl = `http://127.0.0.1:${signOuts}/backchannel-logout`;
  return { ...server, url: `https://127.0.0.1:${port}`, port, plainPort, signOutUrl };
}

interface Places {
  readonly certificate: string;
  readonly port: number;
  readonly plainPort: number;
  readonly signOuts: number;
  readonly health: number;
}

/** The same configuration with the addresses of this machine. Throws where it is no longer the one that this knows. */
function placed(text: string, { gateways, keycloak }: HaproxyOptions, places: Places): string {
  const replacements: readonly (readonly [string, string])[] = [
    ['bind :443 ', `bind 127.0.0.1:${places.port} `],
    ['bind :80\n', `bind 127.0.0.1:${places.plainPort}\n`],
    ['bind :4001\n', `bind 127.0.0.1:${places.signOuts}\n`],
    ['bind 127.0.0.1:8404', `bind 127.0.0.1:${places.health}`],
    ['/run/secrets/tls-certificate.pem alpn', `${places.certificate} alpn`],
    ['gateway-1:4000', gateways[0]],
    ['gateway-2:4000', gateways[1]],
    ['keycloak:8080 port 9000', `${keycloak?.address ?? '127.0.0.1:9'} port ${keycloak?.healthPort ?? 9}`],
  ];
  return replacements.reduce((config, [there, here]) => {
    if (!config.includes(there)) throw new Error(`ops/haproxy.cfg does not say ${there.trim()} any more`);
    return config.replaceAll(there, here);
  }, text);
}
