import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileAddress, ModelSourceError, parseModelRef, splitModelId } from './model-id.ts';
import { folderOf, idOf } from './storage.ts';

const HUB = 'https://hub.example';
const hub = (repo: string, revision: string) => ({ kind: 'hub', hub: HUB, repo, revision });

const DIGEST = '0123456789abcdef'.repeat(4);
const folder = (address: string, digest: string | null = null) => ({ kind: 'url', folder: address, digest });

describe('parseModelRef', () => {
  test.each([
    ['owner/name', hub('owner/name', 'main')],
    ['  owner/na.me-1@v1.0 ', hub('owner/na.me-1', 'v1.0')],
    ['owner/name@refs/pr/3', hub('owner/name', 'refs/pr/3')],
    ['https://hub.example/owner/name', hub('owner/name', 'main')],
    ['https://hub.example/owner/name/tree/refs%2Fpr%2F3', hub('owner/name', 'refs/pr/3')],
    ['https://hub.example/owner/name/resolve/dev/config.json', hub('owner/name', 'dev')],
    ['https://other.example/a/b/', folder('https://other.example/a/b/')],
    ['http://other.example/a/model.safetensors', folder('http://other.example/a/')],
    [`https://other.example/a/b/@${DIGEST}`, folder('https://other.example/a/b/', DIGEST)],
    [`https://other.example/a/b@${DIGEST}`, folder('https://other.example/a/b/', DIGEST)],
    [`other.example/a/b@${DIGEST}`, folder('https://other.example/a/b/', DIGEST)],
    [`other.example/a@${DIGEST}`, folder('https://other.example/a/', DIGEST)],
    [`localhost:8080/a/b@${DIGEST}`, folder('http://localhost:8080/a/b/', DIGEST)],
    [`owner/name@${DIGEST}`, hub('owner/name', DIGEST)],
    ['https://other.example/a/b@1.0', folder('https://other.example/a/b@1.0/')],
  ])('%s', (text, expected) => {
    expect(parseModelRef(text, HUB)).toEqual(expected);
  });

  test.each([
    '',
    'name',
    'a/b/c',
    'owner/na me',
    'owner/name@',
    'owner/name@../x',
    '../x',
    'owner/name@a b',
    'https://',
  ])('"%s" is refused', (text) => expect(() => parseModelRef(text, HUB)).toThrow(ModelSourceError));

  test('never throws anything else, and never leaves the hub', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const ref = parseModelRef(text, HUB);
          const { origin } = new URL(fileAddress(ref, 'config.json'));
          if (ref.kind === 'hub') expect(origin).toBe(HUB);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelSourceError);
        }
      }),
    );
  });
});

test('revisions with slashes are encoded', () => {
  const ref = parseModelRef('owner/name@refs/pr/3', HUB);
  expect(fileAddress(ref, 'config.json')).toBe('https://hub.example/owner/name/resolve/refs%2Fpr%2F3/config.json');
});

test('ids and folder names', () => {
  expect(splitModelId('owner/name@abc')).toEqual({ name: 'owner/name', revision: 'abc' });
  expect(splitModelId('emoji-clip')).toBeNull();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
      expect(idOf(folderOf(id))).toBe(id);
      expect(folderOf(id)).not.toMatch(/[/\\:*?"<>|]/);
    }),
  );
});
