import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { http, HttpResponse } from 'msw/http';
import { setupServer } from 'msw/node';
import { soapDoor } from './soap-door.ts';
import { SOAP_11 } from './soap-envelope.ts';

const ENDPOINT = 'http://soap.test/services/Care.asmx';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const options = { source: 'civil-affairs', endpoint: ENDPOINT, namespace: 'urn:x', backoffMs: 1 } as const;
const envelope = (body: string) => `<s:Envelope xmlns:s="${SOAP_11}"><s:Body>${body}</s:Body></s:Envelope>`;
const fault = (code: string, own: string) =>
  envelope(`<s:Fault><faultcode>s:${code}</faultcode><detail><e><code>${own}</code></e></detail></s:Fault>`);

function answering(...answers: readonly { body: string; status?: number }[]): Request[] {
  const requests: Request[] = [];
  server.use(
    http.all('*', ({ request }) => {
      requests.push(request.clone());
      const { body, status = 200 } = answers[Math.min(requests.length, answers.length) - 1] ?? { body: '' };
      return new HttpResponse(body, { status, headers: { 'content-type': 'text/xml' } });
    }),
  );
  return requests;
}

describe('the SOAP door', () => {
  test('posts one envelope to the endpoint as it stands, with the action of the operation', async () => {
    const requests = answering({ body: envelope('<GetResponse xmlns="urn:x"><a>1</a></GetResponse>') });
    const reply = await soapDoor(options).call('Get', { id: '7' });
    expect(reply).toMatchObject({ answer: { name: 'GetResponse', children: [{ name: 'a', text: '1' }] } });
    expect(requests.map(({ method, url }) => [method, url])).toEqual([['POST', ENDPOINT]]);
    expect(requests[0]?.headers.get('soapaction')).toBe('"urn:x/Get"');
    expect(await requests[0]?.text()).toContain('<soap:Body><Get xmlns="urn:x"><id>7</id></Get></soap:Body>');
  });

  test('a system fault that passes is tried again and the answer stands', async () => {
    const requests = answering(
      { body: fault('Server', 'BUSY'), status: 500 },
      { body: envelope('<GetResponse xmlns="urn:x"/>') },
    );
    await expect(soapDoor(options).call('Get', {})).resolves.toMatchObject({ answer: { name: 'GetResponse' } });
    expect(requests).toHaveLength(2);
  });

  test('a business fault is an answer and is not tried again', async () => {
    const requests = answering({ body: fault('Server', 'NONE'), status: 500 });
    const door = soapDoor({ ...options, businessFaults: ['NONE'] });
    await expect(door.call('Get', {})).resolves.toEqual({ fault: 'NONE' });
    expect(requests).toHaveLength(1);
    expect(door.state).toBe('closed');
  });

  test('what a department writes in place of a code goes nowhere', async () => {
    answering({ body: fault('Client', '王小明 11010519491231002X'), status: 500 });
    const error: unknown = await soapDoor(options)
      .call('Get', {})
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', cause: new Error('SOAP fault Client, unreadable') });
  });

  test('case 50: a value that XML cannot carry is refused before anything is sent', async () => {
    const requests = answering({ body: '' });
    await expect(soapDoor(options).call('Get', { id: 'a\u0000' })).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });

  test.each(['http://soap.test/', 'http://soap.test/a?wsdl', 'http://soap.test/a#b', 'http://u:p@soap.test/a'])(
    'the endpoint %s is a mistake of the operator and stops the start',
    (endpoint) => {
      expect(() => soapDoor({ ...options, endpoint })).toThrow(Error);
    },
  );
});
