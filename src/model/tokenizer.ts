/** Prompts → token ids, with the tokenizer.json that belongs to a backbone. */
import { Tokenizer } from '@huggingface/tokenizers';
import * as v from 'valibot';
import { firstViolation } from '../platform/describe-issues.ts';
import { FILE_CHECKS } from './words.ts';

/** A tokenizer.json that cannot be used, or prompts that cannot be encoded. */
export class TokenizerError extends Error {
  override readonly name = 'TokenizerError';
}

export interface PromptTokenizer {
  /**
   * Token ids, [prompts, contextLength], row-major. Start and end tokens as the tokenizer's post-processor adds them; longer prompts are
   * cut so that the last id is the end token; shorter ones are padded with the pad token, which no text tower looks at: it comes behind the end.
   * @throws TokenizerError when the context is shorter than start and end token.
   */
  encodePrompts(prompts: readonly string[], contextLength: number, endToken: number, padToken: number): Int32Array;
  /** The words of a text the tokenizer has no entry for, in order, each once: the model does not see them. */
  unknownWords(text: string): string[];
}

const TokenizerJson = v.looseObject({
  model: v.looseObject({
    // Files of old versions leave the type of a BPE model out.
    type: v.optional(v.picklist(['WordLevel', 'BPE'])),
    vocab: v.union([v.record(v.string(), v.number()), v.array(v.unknown())]),
    unk_token: v.nullish(v.string(), null),
  }),
});
/** Parts the library insists on, even as null. */
const OPTIONAL_PARTS = { added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
const TokenizerConfigJson = v.record(v.string(), v.unknown());

function createTokenizerOf(tokenizerJson: object, tokenizerConfig: object): Tokenizer {
  try {
    return new Tokenizer(tokenizerJson, tokenizerConfig);
  } catch (error) {
    throw new TokenizerError(FILE_CHECKS.tokenizer((error as Error).message));
  }
}

/**
 * Wraps the parsed tokenizer.json and tokenizer_config.json. Padding and truncation written there are ignored: encodePrompts does both.
 * @throws TokenizerError when the tokenizer library rejects them.
 */
export function createPromptTokenizer(tokenizerJson: unknown, tokenizerConfig: unknown): PromptTokenizer {
  const definition = v.safeParse(TokenizerJson, tokenizerJson);
  if (!definition.success) {
    const { path, what } = firstViolation(definition.issues);
    throw new TokenizerError(FILE_CHECKS.badKey('tokenizer.json', path, what));
  }
  const options = v.safeParse(TokenizerConfigJson, tokenizerConfig);
  if (!options.success) throw new TokenizerError(FILE_CHECKS.tokenizerConfig);
  const tokenizer = createTokenizerOf({ ...OPTIONAL_PARTS, ...definition.output }, options.output);
  const unknown = definition.output.model.unk_token;
  const unknownId = unknown === null ? undefined : tokenizer.token_to_id(unknown);

  const encodeOne = (prompt: string, contextLength: number, endToken: number): number[] => {
    const { ids } = tokenizer.encode(prompt);
    if (ids.at(-1) !== endToken) ids.push(endToken); // a tokenizer.json without post-processor
    return ids.length <= contextLength ? ids : [...ids.slice(0, contextLength - 1), endToken];
  };
  return {
    encodePrompts(prompts, contextLength, endToken, padToken) {
      if (!Number.isInteger(contextLength) || contextLength < 2)
        throw new TokenizerError(FILE_CHECKS.contextTooShort(contextLength));
      const out = new Int32Array(prompts.length * contextLength).fill(padToken);
      prompts.forEach((prompt, i) => out.set(encodeOne(prompt, contextLength, endToken), i * contextLength));
      return out;
    },
    unknownWords(text) {
      const { ids, tokens } = tokenizer.encode(text, { add_special_tokens: false });
      return [...new Set(tokens.filter((token, i) => ids[i] === unknownId && token !== unknown))];
    },
  };
}
