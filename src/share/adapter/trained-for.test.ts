import { expect, it } from 'vitest';
import { common } from './provenance.ts';
import { otherBackboneNote, trainedFor } from './trained-for.ts';

const COMMIT = 'c'.repeat(40);
const OTHER = 'd'.repeat(40);
const digest = (letter: string) => ({ file: 'model.safetensors', sha256: letter.repeat(64), confirmed: false });
/** As publicDigests names weights of which no whole file was seen. */
const used = (letter: string) => ({ ...digest(letter), file: 'the tensors that were used' });
const copraOf = (letter: string, backbone?: string) => ({
  ...(backbone !== undefined && { backbone }),
  backbone_weights: [{ file: 'model.safetensors', sha256: letter.repeat(64), confirmed_by_hub: false }],
});

it.each([
  ['the same name', 'emoji-clip', null, null, 'emoji-clip', [], null],
  ['another bundled one', 'emoji-clip', null, null, 'emoji-clip-2', [], 'emoji-clip'],
  ['another of a hub', 'laion/clip', null, null, `openai/clip@${COMMIT}`, [], 'laion/clip'],
  ['another commit', 'openai/clip', OTHER, null, `openai/clip@${COMMIT}`, [], 'openai/clip'],
  ['a branch', 'openai/clip', 'main', null, `openai/clip@${COMMIT}`, [], null],
  ['no name', null, null, null, 'emoji-clip', [], null],
  ['a folder of another machine', '/home/me/clip', null, null, 'emoji-clip', [], null],
  ['the name in copra.json alone', null, null, { backbone: 'emoji-clip-2' }, 'emoji-clip', [], 'emoji-clip-2'],
  ['equal weights under another name', 'someone/copy', null, copraOf('a'), 'emoji-clip', [digest('a')], null],
  [
    'other weights under another name',
    '/home/me/clip',
    null,
    copraOf('b'),
    'emoji-clip',
    [digest('a')],
    '/home/me/clip',
  ],
  ['other weights under the same name', 'emoji-clip', null, copraOf('b'), 'emoji-clip', [digest('a')], 'emoji-clip'],
  ['a folder that is written like a path', './emoji-clip', null, null, 'emoji-clip-2', [], null],
  ['a folder above', '../clip', null, null, 'emoji-clip', [], null],
  ['a folder of a server', 'example.org/clip', null, null, `openai/clip@${COMMIT}`, [], null],
  ['a hub’s, for a dropped folder', 'openai/clip', null, null, `local/clip@${'e'.repeat(64)}`, [], null],
  ['a hub’s, for a folder of a server', 'openai/clip', null, null, `example.org/clip@${'e'.repeat(64)}`, [], null],
  ['a bundled one, for a path', 'emoji-clip', null, null, 'public/backbones/emoji-clip', [], null],
  ['no file in common', `openai/clip`, null, copraOf('b'), `openai/clip@${COMMIT}`, [used('a')], null],
  [
    'no file in common, other name',
    'laion/clip',
    null,
    copraOf('b'),
    `openai/clip@${COMMIT}`,
    [used('a')],
    'laion/clip',
  ],
  ['one shard of two', 'a/copy', null, copraOf('a'), `a/clip@${COMMIT}`, [digest('a'), used('b')], null],
  ['the same commit', 'openai/clip', COMMIT, copraOf('b'), `openai/clip@${COMMIT}`, [digest('a')], null],
  ['what is no copra.json', 'emoji-clip', null, { backbone_weights: [3] }, 'emoji-clip', [digest('a')], null],
] as const)(
  'tells another backbone by digests, else by names: %s',
  (_, baseModel, revision, copra, backbone, ours, name) => {
    expect(trainedFor({ baseModel, revision, copra }, backbone, ours)?.name ?? null).toBe(name);
  },
);

it('says what differs: the name, the commit or the weights', () => {
  const note = (baseModel: string, revision: string | null, copra: unknown, backbone: string) =>
    otherBackboneNote(trainedFor({ baseModel, revision, copra }, backbone, [digest('a')])!, backbone);
  expect(note('emoji-clip', null, null, 'emoji-clip-2')).toContain('Trained for emoji-clip and read for emoji-clip-2,');
  expect(note('a/b', OTHER, null, `a/b@${COMMIT}`)).toContain(`Trained for a/b@${OTHER} and read for a/b@${COMMIT},`);
  expect(note('emoji-clip', null, copraOf('b'), 'emoji-clip')).toContain('other weights of emoji-clip');
});

it('keeps the whole name, which files are loaded by, and says one that can be read', () => {
  const [baseModel, revision] = [`/data/${'deep/'.repeat(40)}clip`, `a\u202E${'b'.repeat(200)}`];
  const other = trainedFor({ baseModel, revision, copra: copraOf('b') }, 'emoji-clip', [digest('a')])!;
  expect(other).toMatchObject({ name: baseModel, revision });
  expect(otherBackboneNote(other, 'emoji-clip')).toMatch(/^Trained for \/data\/deep.{69}… and read for emoji-clip,/);
  const ours = `a/b@${COMMIT}`;
  const branch = trainedFor({ baseModel: 'a/b', revision, copra: copraOf('b') }, ours, [digest('a')])!;
  expect(otherBackboneNote(branch, ours)).toMatch(/^Trained for a\/b@ab{78}… and read for/);
});

it('is certain by digests, commits and bundled names, not by a name that a folder can have', () => {
  const isCertain = (baseModel: string, revision: string | null, copra: unknown) =>
    trainedFor({ baseModel, revision, copra }, 'emoji-clip', [digest('a')])?.isCertain;
  expect(isCertain('models/clip', null, null)).toBe(false);
  expect(isCertain('models/clip', null, copraOf('b'))).toBe(true);
  expect(isCertain('openai/clip', OTHER, null)).toBe(true);
  expect(isCertain('emoji-clip-2', null, null)).toBe(true);
});

it('of several adapters is one where all agree', () => {
  const one = { name: 'emoji-clip', revision: null, weights: [], isCertain: true };
  expect(common([one, { ...one }])).toEqual(one);
  expect(common([one, null])).toBeNull();
  expect(common([null, null])).toBeNull();
});
