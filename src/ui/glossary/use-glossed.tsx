/** Sentences in which words of the glossary can be asked for. The words are found by themselves, each at its first place. */
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { unbroken, unbrokenHyphens, unbrokenUnits } from '../unbroken.ts';
import type { glossed } from './glossed.ts';
import type { TermId } from './terms/messages.ts';
import css from './glossary.module.css';

/** How words are found; null until they can be explained. */
let finder: typeof glossed | null = null;
const listeners = new Set<() => void>();

/** Called when words can be explained: texts are plain until then, so that no word is marked that says nothing. */
export function offerGlossary(find: typeof glossed): void {
  finder = find;
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Not a native button: those do not break over lines. GlossaryHost listens to it. */
const Term = ({ id, children }: { id: TermId; children: string }) => (
  <span className={css.term} role="button" tabIndex={0} data-term={id}>
    {children}
  </span>
);

/** Finds the words of a text, but not those that are known already, which it adds to. */
type Gloss = (text: string, known: Set<TermId>) => ReactNode;

/** Plain texts until words can be explained. */
function useGloss(): Gloss {
  const find = useSyncExternalStore(subscribe, () => finder);
  return useMemo(
    () => (text, known) =>
      find
        ? find(unbrokenUnits(text), known).map(({ text: piece, term }) =>
            term ? (
              <Term key={term} id={term}>
                {unbrokenHyphens(piece)}
              </Term>
            ) : (
              unbrokenHyphens(piece)
            ),
          )
        : unbroken(text),
    [find],
  );
}

/** Texts in reading order by their keys: a word is marked in the first of them that has it. @param isOn false: none is marked */
export function useGlossedMap<Key>(
  texts: readonly (readonly [key: Key, text: string])[],
  isOn: boolean,
): ReadonlyMap<Key, ReactNode> {
  const gloss = useGloss();
  return useMemo(() => {
    const known = new Set<TermId>();
    return new Map(texts.map(([key, text]) => [key, isOn ? gloss(text, known) : unbroken(text)]));
  }, [texts, gloss, isOn]);
}

/** The texts of one figure, in reading order, none with a line break: a word is marked in the first of them that has it. */
export function useGlossed(...texts: readonly string[]): readonly ReactNode[] {
  const gloss = useGloss();
  const joined = texts.join('\n');
  return useMemo(() => {
    const known = new Set<TermId>();
    return joined.split('\n').map((text) => gloss(text, known));
  }, [joined, gloss]);
}
