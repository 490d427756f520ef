import { useEffect, useRef, useState } from 'react';
import { useStudy } from '../context.ts';
import css from './live.module.css';
import { progressSentence } from './phases.ts';

const EVERY_MS = 5000;

/** Tells screen readers how the study goes, at most every five seconds. */
export function Announcer() {
  const message = useStudy((state) => {
    if (state.error) return state.error;
    if (state.status === 'paused') return 'Paused.';
    if (state.progress) return progressSentence(state.progress);
    return state.source === 'live' && state.status === 'idle' ? 'The study has ended.' : '';
  });
  const [spoken, setSpoken] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        last.current = performance.now();
        setSpoken(message);
      },
      Math.max(0, last.current + EVERY_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <p className={css.hidden} aria-live="polite" aria-atomic="true">
      {spoken}
    </p>
  );
}
