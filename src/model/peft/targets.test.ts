import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternValue, targetMatcher } from './targets.ts';

const keys = { target_modules: null, exclude_modules: null, layers_to_transform: null, layers_pattern: null };
const path = (layer: number, name: string) => `vision_model.encoder.layers.${layer}.self_attn.${name}`;
const paths = Array.from({ length: 24 }, (_, layer) =>
  ['q_proj', 'k_proj', 'v_proj'].map((name) => path(layer, name)),
).flat();
const targets = (target_modules: string) => paths.filter(targetMatcher({ ...keys, target_modules }));

describe('patterns that a backtracking engine never ends', () => {
  const hostile = [
    '(.|.)*!',
    String.raw`((\w|\.)+)+!`,
    '(.{1,})+!',
    `${'.*'.repeat(10)}!`,
    '(a+)+b',
    '((.*)*)*!',
    '(.?){900}!',
  ];

  it.each(hostile)('%s ends as target, exclusion, layer pattern and rank pattern', (pattern) => {
    expect(targets(pattern)).toEqual([]);
    expect(paths.filter(targetMatcher({ ...keys, exclude_modules: pattern }))).toEqual(paths);
    const byLayer = { ...keys, target_modules: ['q_proj'], layers_to_transform: [1], layers_pattern: pattern };
    expect(paths.filter(targetMatcher(byLayer))).toEqual([]);
    expect(paths.map(patternValue({ [pattern]: 4 }, 8))).toEqual(paths.map(() => 8));
  });

  it('match what they mean all the same', () => {
    expect(targets(String.raw`((\w|\.)+)+`)).toEqual(paths);
    expect(targets('(.|.)*q_proj')).toEqual(paths.filter((name) => name.endsWith('q_proj')));
  });
});

it('patterns of usual form are those of Python: the whole path, first to last character', () => {
  expect(targets('q_proj')).toEqual([]);
  expect(targets(String.raw`.*\.(q|v)_proj`)).toEqual(paths.filter((name) => !name.endsWith('k_proj')));
  expect(targets(String.raw`.*\.1\d\.self_attn\.(?P<which>q)_proj`)).toHaveLength(10);
  expect(targets(String.raw`(?:.{,30}\.){,4}q_proj`)).toHaveLength(24);
  // Alternatives belong to the whole pattern, anchors change nothing.
  expect(targets(`^${paths[0]}$|nothing`)).toEqual([paths[0]]);
});

it('simple patterns match as those of this language do', () => {
  const piece = fc.constantFrom(
    'q',
    'k',
    '_proj',
    '.',
    '.*',
    '[a-z]+',
    String.raw`\d`,
    String.raw`\.`,
    '(?:q|k)',
    'x?',
    '{2}',
  );
  const words = fc
    .array(fc.constantFrom('q', 'k', '_proj', '.', '1', 'x'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), words, (pieces, word) => {
      const pattern = pieces.join('').replace(/^(\{2\})+|([*+?}])(\{2\})+/g, '$2');
      const expected = new RegExp(`^(?:${pattern})$`).test(word);
      expect(targetMatcher({ ...keys, target_modules: pattern })(word)).toBe(expected);
    }),
  );
});

it('no layers and no name of them are none chosen, and all linear maps are in capitals too, as in PEFT', () => {
  const ofAll = { ...keys, target_modules: ['q_proj'], layers_to_transform: [], layers_pattern: [] };
  expect(paths.filter(targetMatcher(ofAll))).toHaveLength(24);
  expect(targets('ALL-LINEAR')).toEqual(paths);
});

it('the layers of a pattern are those its number says', () => {
  const byLayer = { ...keys, target_modules: ['q_proj'], layers_to_transform: [2, 20], layers_pattern: 'layers' };
  expect(paths.filter(targetMatcher(byLayer))).toEqual([path(2, 'q_proj'), path(20, 'q_proj')]);
});
