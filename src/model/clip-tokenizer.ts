/** CLIP's vocab.json and merges.txt → the tokenizer.json that newer repositories ship instead. */
import * as v from 'valibot';
import { TokenizerError } from './tokenizer.ts';
import { FILE_CHECKS } from './words.ts';

const Vocabulary = v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0)));
const START = '<|startoftext|>';
const END = '<|endoftext|>';
/** Byte-level BPE of CLIP: lower case, blanks collapsed, words split from digits and punctuation. */
const SPLIT = "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

/** Skips blank lines and the version line at the top. */
const mergesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#version'));

/** @throws TokenizerError when the vocabulary is not one of CLIP. */
export function clipTokenizerJson(vocabulary: unknown, merges: string): object {
  const parsed = v.safeParse(Vocabulary, vocabulary);
  if (!parsed.success) throw new TokenizerError(FILE_CHECKS.vocabularyNoObject);
  const vocab = parsed.output;
  for (const token of [START, END])
    if (!Object.hasOwn(vocab, token)) throw new TokenizerError(FILE_CHECKS.noToken(token));
  const special = (content: string) => ({ id: vocab[content], content, special: true, normalized: false });
  return {
    added_tokens: [special(START), special(END)],
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
        { type: 'Split', pattern: { Regex: SPLIT }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [END, vocab[END]],
      cls: [START, vocab[START]],
      trim_offsets: false,
      add_prefix_space: false,
    },
    model: {
      type: 'BPE',
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges: mergesOf(merges),
    },
  };
}
