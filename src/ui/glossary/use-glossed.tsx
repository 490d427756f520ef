/** Sentences in which words of the glossary can be asked for. The words are found by themselves, each at its first place. */
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { glossed, TermId } from '../../copra/readings/glossary.ts';
import css from './glossary.module.css';

let glossary: { readonly glossed: typeof glossed } | null = null;
let loading: Promise<void> | null = null;

/** Texts are plain until the glossary is here, which most of a first visit does without. */
function subscribe(changed: () => void): () => void {
  loading ??= import('../../copra/readings/glossary.ts').then((loaded) => void (glossary = loaded));
  let current = true;
  void loading.then(() => current && changed());
  return () => void (current = false);
}

/** Not a native button: those do not break over lines. GlossaryHost listens to it. */
const Term = ({ id, children }: { id: TermId; children: string }) => (
  <span className={css.term} role="button" tabIndex={0} data-term={id}>
    {children}
  </span>
);

/** The texts of one figure, in reading order, none with a line break: a word is marked in the first of them that has it. */
export function useGlossed(...texts: readonly string[]): readonly ReactNode[] {
  const loaded = useSyncExternalStore(subscribe, () => glossary);
  const joined = texts.join('\n');
  return useMemo(() => {
    const known = new Set<TermId>();
    return joined.split('\n').map((text): ReactNode => {
      if (!loaded) return text;
      return loaded.glossed(text, known).map(({ text: piece, term }) =>
        term ? (
          <Term key={term} id={term}>
            {piece}
          </Term>
        ) : (
          piece
        ),
      );
    });
  }, [joined, loaded]);
}
