/** Explains the word of the glossary that is pointed at, focused or tapped. One for the page: words are many and asked for rarely. It comes with the words, and so does what their copies need. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Tooltip, TooltipTriggerStateContext } from 'react-aria-components';
import { glossed } from './glossed.ts';
import { GLOSSARY, type TermId } from './terms/messages.ts';
import css from './glossary.module.css';
import { usePlainCopies } from '../use-plain-copies.ts';
import { offerGlossary } from './use-glossed.tsx';

/** Milliseconds of pointing before it opens, and of leaving before it closes: the pointer may move onto the explanation. */
const OPEN_MS = 200;
const CLOSE_MS = 250;

const ID = 'glossary-explanation';

const isTerm = (id: string | undefined): id is TermId => id !== undefined && id in GLOSSARY;

/** The word around a target of an event; null elsewhere. */
function wordAt(target: EventTarget | null): HTMLElement | null {
  const word = target instanceof Element ? target.closest<HTMLElement>('[data-term]') : null;
  return word && isTerm(word.dataset.term) ? word : null;
}

export function GlossaryHost() {
  usePlainCopies();
  const [word, setWord] = useState<HTMLElement | null>(null);
  const anchor = useRef<HTMLElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: HTMLElement | null, after: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        anchor.current = next;
        setWord(next);
      }, after);
    };
    const listening = new AbortController();
    const on = <Type extends keyof DocumentEventMap>(
      type: Type,
      listen: (event: DocumentEventMap[Type]) => void,
    ): void => document.addEventListener(type, listen, { signal: listening.signal });
    on('pointerover', ({ target, pointerType }) => {
      if (pointerType !== 'mouse') return;
      const next = wordAt(target);
      if (next) show(next, OPEN_MS);
      else if (target instanceof Element && target.closest('[role="tooltip"]')) clearTimeout(timer);
      else if (anchor.current !== document.activeElement) show(null, CLOSE_MS);
    });
    on('focusin', ({ target }) => {
      const next = wordAt(target);
      if (next?.matches(':focus-visible')) show(next, 0);
      else if (!next) show(null, 0);
    });
    on('focusout', ({ target }) => {
      if (wordAt(target)) show(null, 0);
    });
    on('click', ({ target }) => {
      const next = wordAt(target);
      if (next) show(next, 0);
      else if (!(target instanceof Element && target.closest('[role="tooltip"]'))) show(null, 0);
    });
    on('keydown', (event) => {
      if (event.key === 'Escape' && anchor.current) {
        // A dialog around the word stays open.
        event.preventDefault();
        show(null, 0);
      }
      const next = wordAt(event.target);
      if (!next || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      show(anchor.current === next ? null : next, 0);
    });
    offerGlossary(glossed);
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);

  useEffect(() => {
    word?.setAttribute('aria-describedby', ID);
    return () => word?.removeAttribute('aria-describedby');
  }, [word]);

  const id = word?.dataset.term;
  const state = useMemo(
    () => ({ isOpen: word !== null, shouldSkipAnimation: true, open: () => undefined, close: () => setWord(null) }),
    [word],
  );
  return (
    // Its words are no triggers of React Aria, so it gets its state here.
    <TooltipTriggerStateContext value={state}>
      <Tooltip
        key={id}
        className={css.explanation}
        triggerRef={anchor}
        offset={6}
        // Nothing outside a modal dialog lies above it.
        UNSTABLE_portalContainer={word?.closest('dialog') ?? undefined}
      >
        {isTerm(id) && (
          <span id={ID}>
            <strong>{GLOSSARY[id].name}.</strong> {GLOSSARY[id].text}
          </span>
        )}
      </Tooltip>
    </TooltipTriggerStateContext>
  );
}
