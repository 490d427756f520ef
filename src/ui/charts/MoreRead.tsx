import { use, type ReactNode } from 'react';
import { Fold } from '../controls/Fold.tsx';
import { EmbeddedContext } from './figure-contexts.ts';
import { CHARTS_WORDS } from './messages.ts';

interface MoreReadProps {
  /** Of the figure. */
  readonly title: string;
  /** What stands there unfolded, and all that is said. */
  readonly numbers: string;
  readonly reading: string;
  /** The latter, as it is shown. */
  readonly children: ReactNode;
}

/** All that is said of a figure, folded below the numbers; nothing where these are all. */
export function MoreRead({ title, numbers, reading, children }: MoreReadProps) {
  const embedded = use(EmbeddedContext);
  // A frame that a figure fills has no room for more.
  return (
    numbers !== reading &&
    embedded !== 'fill' && (
      <Fold
        quiet
        isKept
        level={embedded === 'off' ? 4 : 3}
        title={CHARTS_WORDS.more}
        label={CHARTS_WORDS.moreOn(title)}
      >
        {children}
      </Fold>
    )
  );
}
