import { describe, expect, test } from '@jest/globals';
import { readEnvelope, SOAP_11, writeEnvelope, writePayload } from './soap-envelope.ts';
import type { SoapContent } from './soap-envelope.ts';
import { readXml } from './xml-element.ts';

const envelope = (body: string) => `<s:Envelope xmlns:s="${SOAP_11}"><s:Body>${body}</s:Body></s:Envelope>`;
const written = (content: SoapContent) =>
  readXml(writeEnvelope(writePayload({ namespace: 'urn:x', operation: 'Get', content }))).children[0]?.children[0];

describe('SOAP envelopes', () => {
  test('case 50: a value cannot add an element, an attribute, a comment or an entity', () => {
    const values = ['1</id><id>2', '<!-- ', ']]><x/>', '&secret;', `" onload='x`, '</Get></soap:Body>'];
    const request = written({ ids: { id: values } });
    expect(request).toMatchObject({ name: 'Get', namespace: 'urn:x' });
    expect(request?.children[0]?.children.map((id) => [id.text, id.children])).toEqual(values.map((v) => [v, []]));
  });

  test('case 50: an element name that is no plain name is refused', () => {
    expect(() => written({ 'id><x': '1' })).toThrow(RangeError);
    expect(() => writePayload({ namespace: 'urn:x', operation: 'Get x="1"', content: {} })).toThrow(RangeError);
  });

  test('what is null is left out', () => {
    expect(written({ a: null, b: 0 })?.children.map((child) => [child.name, child.text])).toEqual([['b', '0']]);
  });

  test('the answer is the one element of the body', () => {
    expect(readEnvelope(envelope('<r xmlns="urn:x">1</r>'))).toMatchObject({
      answer: { name: 'r', namespace: 'urn:x' },
    });
  });

  test.each([
    [
      'of SOAP 1.1',
      '<s:Fault><faultcode>s:Server</faultcode><detail><e xmlns="urn:x"><code>E1</code></e></detail></s:Fault>',
    ],
    [
      'with the code of SOAP 1.2',
      '<s:Fault><s:Code><s:Value>s:Server</s:Value></s:Code><detail><e><code>E1</code></e></detail></s:Fault>',
    ],
  ])('a fault %s is recognised', (_, body) => {
    expect(readEnvelope(envelope(body))).toEqual({ fault: { code: 'Server', detailCode: 'E1' } });
  });

  test.each([
    ['no envelope', '<html/>'],
    ['a body in something else', `<x xmlns:s="${SOAP_11}"><s:Body><a/></s:Body></x>`],
    [
      'an envelope of another SOAP',
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><a/></s:Body></s:Envelope>',
    ],
    ['an empty body', envelope('')],
    ['two answers', envelope('<a/><b/>')],
    ['two bodies', `<s:Envelope xmlns:s="${SOAP_11}"><s:Body><a/></s:Body><s:Body><b/></s:Body></s:Envelope>`],
  ])('%s is refused', (_, text) => {
    expect(() => readEnvelope(text)).toThrow(RangeError);
  });
});
