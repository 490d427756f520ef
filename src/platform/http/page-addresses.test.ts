import { expect, test } from 'vitest';
import { pageMayLoad, writtenOnPage } from './page-addresses.ts';

test.each(['https://other.example/a', 'http://localhost:8080/a', 'http://127.0.0.1/a', 'owner/name', 'http://'])(
  'the page may be asked for %s',
  (text) => expect(writtenOnPage(text)).toBe(text),
);

test.each(['http://other.example/a/model.safetensors', ' HTTP://10.0.0.3:8000/a', 'http://localhost.example/a'])(
  '%s is refused by name on the page, which may not load it',
  (text) => expect(() => writtenOnPage(text)).toThrow(/^[\w.:]+ is asked for over http\./),
);

test('the page may load what lies beside it, as in a classroom without https', () => {
  const own = 'http://10.0.0.3:8000';
  expect([`${own}/a`, 'http://10.0.0.3:8001/a', 'null'].map((address) => pageMayLoad(address, own))).toEqual([
    true,
    false,
    false,
  ]);
});
