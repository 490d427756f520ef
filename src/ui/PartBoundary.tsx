/** Keeps a failure in one part of the page from taking the rest along: React removes a page whose error nobody catches. */
import { Component, useEffect, type ReactNode } from 'react';
import { errorText } from '../core/error-text.ts';
import { lossByReload } from '../state/study/study-store.ts';
import css from './App.module.css';
import { useStudy } from './context.ts';
import { Button } from './controls/Button.tsx';
import { PAGE_WORDS } from './messages.ts';

/** The code of a part could not be fetched: there is no connection, or the host has another version of the page by now. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
}

/** Tries of all parts that are missing: they mostly miss the same. */
const missing = new Set<() => void>();
export const tryAgain = (): void => [...missing].forEach((attempt) => attempt());

function MissingPart({ error, isTold, onAgain }: { error: unknown; isTold: boolean; onAgain: () => void }) {
  useEffect(() => {
    missing.add(onAgain);
    window.addEventListener('online', tryAgain);
    return () => {
      missing.delete(onAgain);
      if (missing.size === 0) window.removeEventListener('online', tryAgain);
    };
  }, [onAgain]);
  const loss = useStudy(lossByReload);
  if (!isTold) return null;
  const words = PAGE_WORDS.part;
  return (
    <div className={`${css.error} ${css.missing}`} role="alert">
      <p>{error instanceof PartNotLoaded ? words.notLoaded(loss) : words.failed(errorText(error))}</p>
      <Button kind="quiet" onPress={tryAgain}>
        {words.again}
      </Button>
    </div>
  );
}

interface PartProps {
  readonly children: ReactNode;
  /** False: nothing is said of a part that nobody would miss. */
  readonly isTold?: boolean;
  /** Called before the part is tried again. */
  readonly onAgain?: () => void;
}

interface PartState {
  readonly failed: { readonly error: unknown } | null;
}

export class PartBoundary extends Component<PartProps, PartState> {
  override state: PartState = { failed: null };

  static getDerivedStateFromError(error: unknown): PartState {
    return { failed: { error } };
  }

  private readonly again = (): void => {
    this.props.onAgain?.();
    this.setState({ failed: null });
  };

  override render(): ReactNode {
    const { failed } = this.state;
    const { children, isTold = true } = this.props;
    return failed ? <MissingPart error={failed.error} isTold={isTold} onAgain={this.again} /> : children;
  }
}
