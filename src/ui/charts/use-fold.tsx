/** Folding of figures, where a page with all of them is long: a folded figure has its title and says what it found. */
import { use, useState, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { ChevronIcon } from '../controls/icons.tsx';
import css from './charts.module.css';
import { FoldingContext } from './figure-contexts.ts';
import { CHARTS_WORDS } from './messages.ts';
import { usePaper } from '../printer.ts';

interface Fold {
  readonly isFolded: boolean;
  /** Folds and unfolds it; null where it always is open. */
  readonly button: ReactNode;
}

/** @param title of the figure */
export function useFold(title: string): Fold {
  const folding = use(FoldingContext);
  const [chosen, choose] = useState<boolean | null>(null);
  const isPaper = usePaper();
  if (folding === 'never') return { isFolded: false, button: null };
  // Nobody unfolds paper.
  const isFolded = !isPaper && (chosen ?? folding === 'at-first');
  const words = isFolded ? CHARTS_WORDS.show : CHARTS_WORDS.hide;
  return {
    isFolded,
    button: (
      <span className={css.unfold}>
        <Button
          kind="quiet"
          aria-expanded={!isFolded}
          aria-label={CHARTS_WORDS.foldOf(words, title)}
          data-unfolds={isFolded || undefined}
          onPress={() => choose(!isFolded)}
        >
          {words}
          <ChevronIcon />
        </Button>
      </span>
    ),
  };
}
