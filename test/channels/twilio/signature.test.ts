// Twilio's published signatures, and what must not pass for one.
import { readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyTwilio, type SignedRequest } from '../../../src/channels/twilio/verify.ts';
import { signTwilio } from '../../support/twilio-server.ts';

interface Vectors {
  token: string;
  json_body: string;
  vectors: { name: string; url: string; params: Record<string, string | string[]>; signature: string }[];
}
const fixture = new URL('../fixtures/twilio-signature-vectors.json', import.meta.url);
const { token, json_body: jsonBody, vectors } = JSON.parse(readFileSync(fixture, 'utf8')) as Vectors;

function formOf(params: Record<string, string | string[]>): string {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
  return new URLSearchParams(pairs).toString();
}
function requestOf(vector: Vectors['vectors'][number]): SignedRequest {
  const json = vector.name.startsWith('bodySHA256');
  return {
    url: vector.url,
    signature: vector.signature,
    contentType: json ? 'application/json' : 'application/x-www-form-urlencoded',
    body: json ? jsonBody : formOf(vector.params),
  };
}
function accepts(request: SignedRequest, key: string = token): boolean {
  try {
    verifyTwilio(key, request);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'channel.bad_signature' });
    return false;
  }
}

describe('a signed request', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('is accepted: %s', (_name, vector) => {
    expect(accepts(requestOf(vector))).toBe(true);
  });
  it('is accepted whether or not the default port was signed', () => {
    const params = { Body: 'hola', From: '+34600111222' };
    for (const [signed, seen] of [
      ['https://linea.example.org/a?b=c', 'https://linea.example.org:443/a?b=c'],
      ['https://linea.example.org:443/a?b=c', 'https://linea.example.org/a?b=c'],
      ['http://linea.example.org:80/a', 'http://linea.example.org/a'],
    ] as const) {
      expect(accepts({ url: seen, signature: signTwilio(token, signed, params), contentType: '', body: formOf(params) })).toBe(true);
    }
  });
  it('keeps every value of a repeated parameter, once each, and those of odd names', () => {
    const body = 'Digits=5678&Digits=1234&Digits=1234&Body=a&Body=a&__proto__=x';
    const signature = signTwilio(token, 'https://x.example.org/', { Digits: ['5678', '1234'], Body: 'a', ['__proto__']: 'x' });
    const params = verifyTwilio(token, { url: 'https://x.example.org/', signature, contentType: '', body });
    expect(Object.entries(params)).toEqual([
      ['Digits', ['5678', '1234']],
      ['Body', 'a'],
      ['__proto__', 'x'],
    ]);
  });
  it('gives a JSON body as plain values', () => {
    const vector = vectors.find((one) => one.name === 'bodySHA256 only') as Vectors['vectors'][number];
    expect(verifyTwilio(token, requestOf(vector))).toEqual({ property: 'value', boolean: 'true' });
  });
});

describe('a forged request', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    'is refused with another token, address, body or signature: %s',
    (_name, vector) => {
      const good = requestOf(vector);
      expect(accepts(good, `${token}6`)).toBe(false);
      expect(accepts({ ...good, url: good.url.replace('mycompany', 'mycompony') })).toBe(false);
      expect(accepts({ ...good, url: `${good.url}&x=1` })).toBe(false);
      expect(accepts({ ...good, body: good.contentType.includes('json') ? `${good.body} ` : `${good.body}&x=1` })).toBe(false);
      for (const signature of [null, '', '=', `${good.signature} `, good.signature?.toLowerCase() ?? '', good.signature?.slice(1) ?? '']) {
        expect(accepts({ ...good, signature })).toBe(false);
      }
    },
  );
  it('is refused whatever single character of a signature was changed', () => {
    const good = requestOf(vectors[0] as Vectors['vectors'][number]);
    const signature = good.signature ?? '';
    for (let i = 0; i < 2000; i += 1) {
      const place = i % 27;
      const other = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='[randomInt(65)] ?? '';
      const changed = signature.slice(0, place) + other + signature.slice(place + 1);
      if (changed !== signature) expect(accepts({ ...good, signature: changed })).toBe(false);
    }
  });
  it('is refused when a JSON body comes without its hash', () => {
    const url = 'https://mycompany.com/myapp.php';
    expect(accepts({ url, signature: signTwilio(token, url, {}), contentType: 'application/json', body: '{"a":1}' })).toBe(false);
  });
  it('is refused when the address cannot even be parsed', () => {
    expect(accepts({ url: 'no address', signature: 'A'.repeat(27) + '=', contentType: '', body: '' })).toBe(false);
  });
});
