import { memo, use, type ReactNode } from 'react';
import { Fold } from '../controls/Fold.tsx';
import { EmbeddedContext } from './figure-contexts.ts';
import { CHARTS_WORDS } from './messages.ts';

interface MoreReadProps {
  /** Of the figure. */
  readonly title: string;
  /** Empty: nothing is folded. */
  readonly more: string;
  /** The same, as it is shown. */
  readonly children: ReactNode;
}

/** What is said of a figure beyond its numbers, folded below them. The same while the figure has its size found out. */
export const MoreRead = memo(function MoreRead({ title, more, children }: MoreReadProps) {
  const embedded = use(EmbeddedContext);
  // A frame that a figure fills has no room for more.
  return (
    more !== '' &&
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
});
