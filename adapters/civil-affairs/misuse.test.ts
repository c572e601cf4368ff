/** How the SOAP adapter takes what no contract promises: each ends in the right code, never in another person's data. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { http, HttpResponse } from 'msw/http';
import { setupServer } from 'msw/node';
import { HTTP_MISUSES, misuseHandler } from '../shared/http-misuse.fixture.ts';
import type { HttpMisuse } from '../shared/http-misuse.fixture.ts';
import { soapCivilAffairsSource } from './soap-civil-affairs-source.ts';

const HOST = 'http://civil-affairs.test';
const ENDPOINT = `${HOST}/ws/care`;
const NAMESPACE = 'urn:civil-affairs:care:v1';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const warnings: object[] = [];
const sourceOf = (timeoutMs = 2_000) =>
  soapCivilAffairsSource(
    {
      CIVIL_AFFAIRS_URL: ENDPOINT,
      CIVIL_AFFAIRS_USER: 'hub',
      CIVIL_AFFAIRS_PASSWORD: 'secret-password',
      CIVIL_AFFAIRS_TIMEOUT_MS: timeoutMs,
    },
    { log: { warn: (details) => void warnings.push(details) } },
  );

const envelope = (body: string, prolog = '') =>
  `${prolog}<s:Envelope xmlns:s="${SOAP}"><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (persons: string, prolog = '') =>
  envelope(
    `<GetAssistanceRecordsResponse xmlns="${NAMESPACE}"><dataTime>2026-01-01T06:00:00+08:00</dataTime>${persons}</GetAssistanceRecordsResponse>`,
    prolog,
  );
const record = (inner = '') => `<record><kind>01</kind><beginDate>20240105</beginDate>${inner}</record>`;
const person = (personNo: string, records: string, found = 'true') =>
  `<person><personNo>${personNo}</personNo><found>${found}</found>${records}</person>`;

function answering(body: string | Uint8Array<ArrayBuffer>, { status = 200, type = 'text/xml; charset=utf-8' } = {}) {
  const requests: string[] = [];
  server.use(
    // Every address, so that a second request of any kind is counted.
    http.all('*', async ({ request }) => {
      requests.push(await request.text());
      return new HttpResponse(body, { status, headers: { 'content-type': type } });
    }),
  );
  return requests;
}
const ask = async (...ids: string[]) => (await sourceOf().assistanceOf(ids)).rows;
const INVALID = { code: 'SOURCE_INVALID' };
const UNAVAILABLE = { code: 'SOURCE_UNAVAILABLE' };

describe('HTTP that misbehaves', () => {
  test.each(Object.keys(HTTP_MISUSES) as HttpMisuse[])('%s ends in its code', async (misuse) => {
    server.use(misuseHandler(misuse, `${HOST}/ws`, { contentType: 'text/xml; charset=utf-8' }));
    const source = sourceOf(misuse === 'hang' ? 150 : 2_000);
    await expect(source.assistanceOf(['a'])).rejects.toMatchObject({ code: HTTP_MISUSES[misuse].code });
  });
});

describe('case 49: what could be more than data is refused', () => {
  const doctype = '<!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY file SYSTEM "file:///etc/passwd">]>';
  test.each([
    ['a DOCTYPE', answer(person('a', record()), doctype)],
    ['an external entity', answer(person('a', record('<office>&file;</office>')), doctype)],
    ['an entity bomb', answer(person('a', record('<office>&lol;&lol;&lol;</office>')), doctype)],
    ['an external DTD', answer(person('a', record()), `<!DOCTYPE x SYSTEM "${HOST}/x.dtd">`)],
    ['an undeclared entity', answer(person('a', record('<office>&file;</office>')))],
  ])('%s', async (_, body) => {
    const requests = answering(body);
    await expect(ask('a')).rejects.toMatchObject(INVALID);
    expect(requests).toHaveLength(1);
  });

  test('a DOCTYPE hidden in UTF-16 is refused as well', async () => {
    const bytes = iconv.encode(answer(person('a', record()), doctype), 'utf-16');
    answering(Uint8Array.from(bytes), { type: 'text/xml' });
    await expect(ask('a')).rejects.toMatchObject(INVALID);
  });
});

describe('case 50: a value adds nothing to the request', () => {
  test.each(['1</personNo><personNo>2', '1</personNo></personNos><x/>', '<!--', ']]>', '&lol;', '"\'>'])(
    'an id %s is one escaped text',
    async (id) => {
      const escaped = id.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      const requests = answering(answer(person(escaped, '', 'false')));
      expect(await ask(id)).toEqual([null]);
      expect(requests[0]?.match(/<personNo>/g)).toHaveLength(1);
      expect(requests[0]).toContain(
        `<personNos><personNo>${escaped.replace(/"/g, '&quot;').replace(/'/g, '&apos;')}</personNo></personNos>`,
      );
    },
  );
});

describe('case 51: nothing else is fetched', () => {
  test('a schema location in the answer leads nowhere', async () => {
    const hint = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${HOST}/evil.xsd"`;
    const requests = answering(answer(person('a', record())).replace('<s:Body>', `<s:Body ${hint}>`));
    // What the first answer led to would have been asked for before the second.
    for (const asked of [1, 2]) {
      expect(await ask('a')).toHaveLength(1);
      expect(requests).toHaveLength(asked);
    }
  });
});

describe('answers that are not what was asked', () => {
  test("another person's rows are dropped, and said so without values", async () => {
    warnings.length = 0;
    answering(answer(person('a', record()) + person('somebody-else', record('<office>secret</office>'))));
    const rows = await ask('a');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('secret');
    expect(warnings).toEqual([{ source: 'civil-affairs', list: 'GetAssistanceRecords', count: 1 }]);
  });

  test('references between elements (SOAP encoding) move no data from one person to another', async () => {
    const multiref = `<person href="#1"><personNo>a</personNo><found>true</found></person>${person('b', record()).replace('<person>', '<person id="1">')}`;
    answering(answer(multiref));
    expect(await ask('a', 'b')).toEqual([[], [expect.objectContaining({ kindCode: '01' })]]);
  });

  test('rows of somebody who is not known there are no rows', async () => {
    answering(answer(person('a', record(), 'false')));
    expect(await ask('a')).toEqual([null]);
  });

  test('a row without its code or first date is set aside, the others stand', async () => {
    warnings.length = 0;
    answering(answer(person('a', `<record><kind>01</kind><beginDate>soon</beginDate></record><record/>${record()}`)));
    expect(await ask('a')).toEqual([[expect.objectContaining({ kind: 'SUBSISTENCE_ALLOWANCE', from: '2024-01-05' })]]);
    expect(warnings).toMatchObject([{ list: 'GetAssistanceRecords', setAside: 2, of: 3 }]);
    expect(JSON.stringify(warnings)).not.toContain('soon');
  });

  test.each([
    ['leaves out who was asked for', answer('')],
    ['names a person without saying if known', answer('<person><personNo>a</personNo></person>')],
    ['gives an element twice', answer(person('a', record('<kind>02</kind>')))],
    ['answers another operation', answer(person('a', record())).replaceAll('GetAssistance', 'GetElderlyCare')],
    ['is of another namespace', answer(person('a', record())).replaceAll(NAMESPACE, 'urn:other')],
    ['has no time of its data', answer(person('a', record())).replace(/<dataTime>.*<\/dataTime>/, '')],
    ['ends in the middle', answer(person('a', record())).slice(0, -40)],
    ['has two bodies', answer(person('a', record())).replace('</s:Envelope>', '<s:Body/></s:Envelope>')],
  ])('an answer that %s is SOURCE_INVALID', async (_, body) => {
    answering(body);
    await expect(ask('a')).rejects.toMatchObject(INVALID);
  });

  test.each([
    [
      'GBK that says it is GBK',
      iconv.encode(
        answer(person('a', record('<office>桥头民政办</office>')), '<?xml version="1.0" encoding="GBK"?>'),
        'gbk',
      ),
      'text/xml',
    ],
    [
      'full-width and character references',
      Buffer.from(
        answer(
          person(
            'a',
            '<record><kind>０１</kind><beginDate>２０２４/１/５</beginDate><office>&#x6865;头民政办</office></record>',
          ),
        ),
      ),
      'text/xml',
    ],
  ])('%s is read', async (_, bytes, type) => {
    answering(Uint8Array.from(bytes), { type });
    expect(await ask('a')).toEqual([
      [expect.objectContaining({ kindCode: '01', from: '2024-01-05', organisation: '桥头民政办' })],
    ]);
  });

  test.each([
    ['1,200.50', 1200.5],
    ['１，２００．５０', 1200.5],
    ['0', 0],
    ['-5', null],
    ['about 500', null],
    ['1e9', null],
  ])('an amount written %s is %s', async (written, amountCny) => {
    answering(answer(person('a', record(`<amount>${written}</amount>`))));
    expect(await ask('a')).toEqual([[expect.objectContaining({ amountCny })]]);
  });

  test('case 57: a line of the register whose number nobody can see in full is set aside', async () => {
    const line = (number: string) => `<person><personNo>${number}</personNo><name>某</name></person>`;
    const lines = ['a', 'a\u200b', '\u202eb', ' c', 'd'.repeat(65)].map(line).join('');
    answering(envelope(`<ListRegisterResponse xmlns="${NAMESPACE}">${lines}</ListRegisterResponse>`));
    expect((await sourceOf().register(null)).entries.map(({ localId }) => localId)).toEqual(['a']);
  });

  test('a text longer than any sets its row aside', async () => {
    const long = record(`<office>${'办'.repeat(1_001)}</office>`);
    answering(answer(person('a', long + record('<office>桥头</office>'))));
    expect(await ask('a')).toEqual([[expect.objectContaining({ organisation: '桥头' })]]);
  });

  test('a register page that is its own successor is SOURCE_INVALID', async () => {
    answering(
      envelope(`<ListRegisterResponse xmlns="${NAMESPACE}"><nextPageToken>t1</nextPageToken></ListRegisterResponse>`),
    );
    await expect(sourceOf().register('t1')).rejects.toMatchObject(INVALID);
  });
});

describe('faults', () => {
  const fault = (code: string, detail: string) =>
    envelope(
      `<s:Fault><faultcode>s:${code}</faultcode><faultstring>王小明</faultstring><detail><CareFault xmlns="${NAMESPACE}"><code>${detail}</code></CareFault></detail></s:Fault>`,
    );

  test('"no such person" is an answer: nobody is known', async () => {
    answering(fault('Client', 'NO_SUCH_PERSON'), { status: 500 });
    expect(await ask('a', 'b')).toEqual([null, null]);
  });

  test('"no such person" to a question that is about no person is SOURCE_INVALID', async () => {
    answering(fault('Client', 'NO_SUCH_PERSON'), { status: 500 });
    await expect(sourceOf().probe()).rejects.toMatchObject(INVALID);
  });

  test('a system fault is tried again with a new nonce and then is SOURCE_UNAVAILABLE', async () => {
    const requests = answering(fault('Server', 'SYSTEM_BUSY'), { status: 500 });
    await expect(ask('a')).rejects.toMatchObject(UNAVAILABLE);
    const nonces = requests.map((request) => /<wsse:Nonce[^>]*>([^<]+)</.exec(request)?.[1]);
    expect(nonces).toHaveLength(3);
    expect(new Set(nonces).size).toBe(3);
    expect(requests.join('')).not.toContain('secret-password');
  });

  test('system faults in a row open the circuit', async () => {
    const requests = answering(fault('Server', 'SYSTEM_BUSY'), { status: 500 });
    const source = sourceOf();
    for (let i = 0; i < 4; i += 1) await expect(source.assistanceOf(['a'])).rejects.toMatchObject(UNAVAILABLE);
    expect(requests).toHaveLength(5);
  });

  test.each([
    ['a fault of ours', fault('Client', 'BAD_REQUEST'), 500, INVALID],
    ['a fault with status 200', fault('Server', 'X'), 200, UNAVAILABLE],
    ['a fault that is cut off', fault('Server', 'X').slice(0, 90), 500, UNAVAILABLE],
  ])('%s ends in its code, with nothing of the fault in the message or cause', async (_, body, status, expected) => {
    answering(body, { status });
    const error: unknown = await ask('a').catch((caught: unknown) => caught);
    expect(error).toMatchObject(expected);
    expect(error instanceof Error && `${error.message} ${String(error.cause)}`).not.toContain('王小明');
  });
});
