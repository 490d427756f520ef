import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileAddress, ModelSourceError, parseModelRef, splitModelId } from './model-id.ts';
import { folderOf, idOf } from './storage.ts';

const HUB = 'https://hub.example';
const hub = (repo: string, revision: string) => ({ kind: 'hub', hub: HUB, repo, revision });

describe('parseModelRef', () => {
  test.each([
    ['owner/name', hub('owner/name', 'main')],
    ['  owner/na.me-1@v1.0 ', hub('owner/na.me-1', 'v1.0')],
    ['owner/name@refs/pr/3', hub('owner/name', 'refs/pr/3')],
    ['https://hub.example/owner/name', hub('owner/name', 'main')],
    ['https://hub.example/owner/name/tree/refs%2Fpr%2F3', hub('owner/name', 'refs/pr/3')],
    ['https://hub.example/owner/name/resolve/dev/config.json', hub('owner/name', 'dev')],
    ['https://other.example/a/b/', { kind: 'url', folder: 'https://other.example/a/b/' }],
    ['http://other.example/a/model.safetensors', { kind: 'url', folder: 'http://other.example/a/' }],
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
