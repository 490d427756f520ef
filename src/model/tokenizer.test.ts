import { describe, expect, test } from 'vitest';
import { readJsonFile } from '../../tests/support/files.ts';
import { readTensors } from './test-golden-files.ts';
import { createPromptTokenizer, TokenizerError } from './tokenizer.ts';

describe('the bundled word-level tokenizer', () => {
  const folder = 'public/backbones/emoji-clip';
  const tokenizer = createPromptTokenizer(
    readJsonFile(`${folder}/tokenizer.json`),
    readJsonFile(`${folder}/tokenizer_config.json`),
  );
  const END = 4178;
  const encode = (prompt: string, context = 8) => [...tokenizer.encodePrompts([prompt], context, END, 0)];

  test('reproduces the reference ids', () => {
    const check = readTensors('tests/golden/emoji-clip/check.safetensors');
    const captions = JSON.parse(check.metadata.get('captions') ?? '[]') as string[];
    expect(captions).toHaveLength(4);
    expect(tokenizer.encodePrompts(captions, 20, END, 0)).toEqual(check.int32('input_ids'));
  });
  test('case and punctuation do not matter', () => {
    expect(encode('  A Picture,of "RED" apple!!')).toEqual(encode('a picture of red apple'));
  });
  test('unknown words become the pad token and are reported once each', () => {
    expect(encode('a zzyzx of red zzyzx')).toEqual([
      1,
      ...encode('a').slice(1, 2),
      0,
      ...encode('of red').slice(1, 3),
      0,
      END,
      0,
    ]);
    expect(tokenizer.unknownWords('a Zzyzx of red zzyzx')).toEqual(['zzyzx']);
    expect(tokenizer.unknownWords('red apple')).toEqual([]);
  });
  test('long prompts keep the end token last, short ones are padded', () => {
    expect(encode('red red red red red', 4)).toEqual([...encode('red red', 4)]);
    expect(encode('red red red red red', 4).at(-1)).toBe(END);
    expect(encode('', 4)).toEqual([1, END, 0, 0]);
    expect(encode('🍎 ?', 4)).toEqual([1, END, 0, 0]);
    expect(() => encode('a', 1)).toThrow(TokenizerError);
  });
});

describe("CLIP's byte-level BPE", () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz!'.split('');
  const merges = ['p h', 'o t', 'ph ot', 'phot o</w>', 'c a', 'ca t</w>'];
  const pieces = [
    ...letters,
    'Ã',
    '©',
    ...letters.map((c) => `${c}</w>`),
    '©</w>',
    ...merges.map((m) => m.replace(' ', '')),
  ];
  const special = ['<|startoftext|>', '<|endoftext|>'];
  const vocabulary = [...pieces, ...special];
  const id = (piece: string) => vocabulary.indexOf(piece);
  const [start, end] = special.map(id);
  const definition = {
    added_tokens: special.map((content) => ({ id: id(content), content, special: true, normalized: false })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        {
          type: 'Split',
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          behavior: 'Removed',
          invert: true,
        },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: ['<|endoftext|>', end],
      cls: ['<|startoftext|>', start],
      trim_offsets: false,
      add_prefix_space: false,
    },
    model: {
      type: 'BPE',
      unk_token: '<|endoftext|>',
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab: Object.fromEntries(vocabulary.map((piece, i) => [piece, i])),
      merges,
    },
  };
  const tokenizer = createPromptTokenizer(definition, { tokenizer_class: 'CLIPTokenizer' });
  const encode = (prompt: string, context: number) => [...tokenizer.encodePrompts([prompt], context, end, end)];

  test('merges inside words, splits at punctuation, works on bytes', () => {
    const expected = ['photo</w>', 'cat</w>', 'ca', 'b</w>', '!</w>'].map(id);
    expect(encode('Photo\n CAT  cab!', 8)).toEqual([start, ...expected, end, end]);
    expect(encode('é', 5)).toEqual([start, id('Ã'), id('©</w>'), end, end]);
  });
  test('several prompts, cut to the context', () => {
    const both = tokenizer.encodePrompts(['photo cat photo', 'cat'], 4, end, end);
    expect([...both]).toEqual([start, id('photo</w>'), id('cat</w>'), end, start, id('cat</w>'), end, end]);
  });
  test('the type left out, as in old files', () => {
    const { type, ...model } = definition.model;
    expect(type).toBe('BPE');
    const untyped = createPromptTokenizer({ ...definition, model }, {});
    expect([...untyped.encodePrompts(['photo cat'], 5, end, end)]).toEqual(encode('photo cat', 5));
  });
  test('merges written as pairs, and a tokenizer without post-processor', () => {
    const pairs = { ...definition.model, merges: merges.map((merge) => merge.split(' ')) };
    const plain = createPromptTokenizer({ ...definition, model: pairs, post_processor: null }, {});
    expect([...plain.encodePrompts(['photo'], 4, end, end)]).toEqual([id('photo</w>'), end, end, end]);
    // Its prompts end where others do, also where something else fills them up.
    expect([...plain.encodePrompts(['photo', 'cat photo'], 4, end, 0)]).toEqual([
      ...[id('photo</w>'), end, 0, 0],
      ...[id('cat</w>'), id('photo</w>'), end, 0],
    ]);
  });
});

test.each([
  ['nothing', null, {}],
  ['no model', {}, {}],
  ['an unknown model', { model: { type: 'Oracle', vocab: {} } }, {}],
  ['options that are no object', { model: { type: 'WordLevel', vocab: {} } }, 3],
])('%s is rejected', (_, definition, options) => {
  expect(() => createPromptTokenizer(definition, options)).toThrow(TokenizerError);
});
