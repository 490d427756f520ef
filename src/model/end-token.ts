/**
 * Which token of a prompt the text tower pools.
 *
 * CLIP pools the end-of-text token. OpenAI's code finds it as the largest id, and early HF configs name a wrong `eos_token_id` of 2 for
 * that vocabulary; newer configs name the right one and pool its first position. A vocabulary of another size with end token 2 is not such
 * a legacy file: 2 is then correct, and the largest id would be a word.
 */

/** Size of OpenAI's CLIP vocabulary; its end token is the last id. */
const OPENAI_VOCABULARY = 49408;
const LEGACY_END_TOKEN = 2;

/** The id of the token that is pooled, at its first position. For OpenAI's vocabulary this equals the largest-id rule. */
export function resolveEndToken(vocabulary: number, eosTokenId: number | null): number {
  if (eosTokenId === null) return vocabulary - 1;
  return eosTokenId === LEGACY_END_TOKEN && vocabulary === OPENAI_VOCABULARY ? vocabulary - 1 : eosTokenId;
}
