/** Receivers of webhooks, each with a port of its own on the loopback, in a process of their own. Test support; its child is itself. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const arrivalSchema = z.object({ receiver: z.number(), referralId: z.string(), at: z.number() });
/** The first time that a receiver was told of this referral; milliseconds since the epoch. */
export type Arrival = z.infer<typeof arrivalSchema>;

const messageSchema = z.object({
  data: z.object({ challenge: z.string().optional(), referralId: z.string().optional() }),
});
const urlsSchema = z.array(z.url());

export interface LoopbackReceivers {
  readonly urls: readonly string[];
  /** Everything that has arrived since, as soon as it is so much. What hangs gets nothing. */
  arrived(howMany: number): Promise<readonly Arrival[]>;
  end(): Promise<void>;
}

/** The last `hanging` of them take what comes and never answer, but the challenge. */
export async function loopbackReceivers({
  count,
  hanging,
}: {
  count: number;
  hanging: number;
}): Promise<LoopbackReceivers> {
  const child = fork(fileURLToPath(import.meta.url), [String(count), String(hanging)]);
  const [urls] = await once(child, 'message');
  return {
    urls: urlsSchema.parse(urls),
    arrived: async (howMany) => {
      child.send(howMany);
      const [arrivals] = await once(child, 'message');
      return z.array(arrivalSchema).parse(arrivals);
    },
    end: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** In the child. It ends with the channel, so with whoever started it. */
async function serve(count: number, hanging: number): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  const known = new Set<string>();
  let arrivals: Arrival[] = [];
  let expected = Infinity;
  const tell = () => {
    if (arrivals.length < expected) return;
    process.send?.(arrivals);
    [arrivals, expected] = [[], Infinity];
  };
  process.on('message', (howMany) => {
    expected = z.number().parse(howMany);
    tell();
  });
  const listen = async (receiver: number): Promise<string> => {
    const server = createServer((request, response) => {
      void messageIn(request).then(({ challenge, referralId }) => {
        if (challenge !== undefined) return response.end(JSON.stringify({ challenge }));
        if (referralId === undefined || receiver >= count - hanging) return undefined;
        const name = `${receiver} ${referralId}`;
        if (!known.has(name)) arrivals.push({ receiver, referralId, at: Date.now() });
        known.add(name);
        response.writeHead(204).end();
        return tell();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  };
  process.send?.(await Promise.all(Array.from({ length: count }, async (_, receiver) => listen(receiver))));
}

const messageIn = async (request: IncomingMessage) => messageSchema.parse(JSON.parse(await text(request))).data;

if (import.meta.main) await serve(Number(process.argv[2]), Number(process.argv[3]));
