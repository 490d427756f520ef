import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipTokenizerJson } from './clip-tokenizer.ts';
import { createPromptTokenizer, TokenizerError } from './tokenizer.ts';

/** The printable stand-ins of all bytes in byte-level BPE: printable Latin-1 stands for itself, the rest is moved behind it. */
const BYTES = (() => {
  const own = (b: number) => (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, b) => String.fromCodePoint(own(b) ? b : next++));
})();
const MERGES = [
  'p h',
  'o t',
  'ph ot',
  'phot o</w>',
  'c a',
  'ca t</w>',
  'Ã ©',
  'Ã ©</w>',
  'ð Ł',
  'ðŁ ĺ',
  "' s</w>",
  'i n',
];
const PIECES = [
  ...BYTES,
  ...BYTES.map((byte) => `${byte}</w>`),
  ...MERGES.map((merge) => merge.replace(' ', '')),
  '<|startoftext|>',
  '<|endoftext|>',
];
const vocabulary = Object.fromEntries(PIECES.map((piece, i) => [piece, i]));
const [start, end] = [PIECES.length - 2, PIECES.length - 1];
const tokenizer = createPromptTokenizer(clipTokenizerJson(vocabulary, `#version: 0.2\n${MERGES.join('\n')}\n`), {});
const encode = (text: string, context = 400) => {
  const ids = [...tokenizer.encodePrompts([text], context, end, end)];
  return ids.slice(1, ids.indexOf(end, 1));
};

/** CLIP's algorithm, written down from its description: words by the pattern, bytes, then the merge of lowest rank until none applies. */
function reference(text: string): number[] {
  const pattern = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;
  const words = text.normalize('NFC').replaceAll(/\s+/gu, ' ').toLowerCase().match(pattern) ?? [];
  return words.flatMap((word) => {
    let parts = [...new TextEncoder().encode(word)].map((byte) => BYTES[byte]);
    parts[parts.length - 1] += '</w>';
    for (;;) {
      const ranks = parts.slice(1).map((part, i) => MERGES.indexOf(`${parts[i]} ${part}`));
      const best = Math.min(...ranks.filter((rank) => rank >= 0));
      if (!Number.isFinite(best)) break;
      const merged: string[] = [];
      for (let i = 0; i < parts.length; i++) {
        if (ranks[i] === best) merged.push(parts[i] + parts[++i]);
        else merged.push(parts[i]);
      }
      parts = merged;
    }
    return parts.map((part) => vocabulary[part]);
  });
}

test.each([
  'a photo of a cat',
  "The CAT's  photo\n(2024)!!",
  'café, CAFE\u0301',
  '猫の写真 ねこ',
  'Ünïcödé straße',
  '😀😃 👩‍🔬',
  'i̇stanbul',
  '١٢٣ ½ x²',
  '  ',
])('"%s" as the algorithm says', (text) => expect(encode(text)).toEqual(reference(text)));

test('any text as the algorithm says', () => {
  const unit = fc.constantFrom(...[..."photcain's é猫😀ß ½\t-!9Ж"]);
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 24 }), (text) => {
      expect(encode(text)).toEqual(reference(text));
    }),
    { numRuns: 500 },
  );
});

test('start, end, and what is no vocabulary', () => {
  expect([...tokenizer.encodePrompts(['cat'], 4, end, end)]).toEqual([start, vocabulary['cat</w>'], end, end]);
  expect(() => clipTokenizerJson({ a: 1 }, '')).toThrow(TokenizerError);
  expect(() => clipTokenizerJson([], '')).toThrow(TokenizerError);
});
