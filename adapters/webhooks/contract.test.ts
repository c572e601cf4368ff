import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { parseRange } from './address-rules.ts';
import { describeSender } from './contract.ts';
import { answered, fakeReceivers } from './fake.ts';
import { httpWebhookSender } from './http-webhook-sender.ts';

describeSender('the fake', async () => {
  const sender = fakeReceivers();
  return {
    sender,
    receiver: async ({ status, body, retryAfterSeconds }) => {
      const url = 'https://hooks.example/';
      const retryAfter = retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 };
      sender.at(url, () => answered(status, { ...(body !== undefined && { body }), ...retryAfter }));
      const arrived = () =>
        sender.received(url).map(({ headers, body: text }) => ({ id: headers['webhook-id'], body: text }));
      return { url, arrived };
    },
    nowhere: 'https://nowhere.example/',
    close: async () => sender.close(),
  };
});

async function listening(servers: Server[], listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
}

describeSender('over HTTP', async () => {
  const servers: Server[] = [];
  const sender = httpWebhookSender({ allowedRanges: [parseRange('127.0.0.1/32') ?? []].flat(), allowHttp: true });
  const nowhere = await listening(servers, () => {});
  servers[0]?.close();
  return {
    sender,
    receiver: async ({ status, body, retryAfterSeconds }) => {
      const seen: { id: string | undefined; body: string }[] = [];
      const url = await listening(servers, (request, response) => {
        void request.toArray().then((chunks) => {
          const id = request.headers['webhook-id'];
          seen.push({ id: typeof id === 'string' ? id : undefined, body: Buffer.concat(chunks).toString() });
          if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
          response.writeHead(status);
          response.end(body);
        });
      });
      return { url, arrived: () => seen };
    },
    nowhere,
    close: async () => {
      await sender.close();
      for (const server of servers) server.close();
    },
  };
});
