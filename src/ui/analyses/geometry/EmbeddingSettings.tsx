import { NumberInput } from '../../controls/NumberInput.tsx';
import css from './geometry.module.css';
import { GEOMETRY_WORDS } from './messages.ts';

interface Props {
  readonly perplexity: number;
  readonly largestPerplexity: number;
  readonly onPerplexity: (perplexity: number) => void;
  readonly seed: number;
  readonly onSeed: (seed: number) => void;
  /** Why there is no picture; null: there is. */
  readonly error: string | null;
}

/** How the points are arranged: the perplexity and the seed of t-SNE. */
export function EmbeddingSettings({ perplexity, largestPerplexity, onPerplexity, seed, onSeed, error }: Props) {
  return (
    <div className={css.settings}>
      <span className={css.setting}>
        {GEOMETRY_WORDS.perplexity}
        <NumberInput
          label={GEOMETRY_WORDS.perplexityLabel}
          value={perplexity}
          min={2}
          max={largestPerplexity}
          step={1}
          onChange={onPerplexity}
        />
      </span>
      <span className={css.setting}>
        {GEOMETRY_WORDS.pictureSeed}
        <NumberInput
          label={GEOMETRY_WORDS.pictureSeedLabel}
          value={seed}
          min={0}
          max={9999}
          step={1}
          onChange={onSeed}
        />
      </span>
      {error && <span role="alert">{error}</span>}
    </div>
  );
}
