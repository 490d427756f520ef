import { useEffect, useRef, useState } from 'react';
import { useStudy } from '../context.ts';
import shared from '../shared.module.css';
import { spokenSentence } from './phases.ts';

const EVERY_MS = 5000;

/** Announces the study's progress to screen readers, at most every five seconds. Errors are announced by Notices. */
export function Announcer() {
  const message = useStudy(spokenSentence);
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
    <p className={shared.hidden} aria-live="polite" aria-atomic="true">
      {spoken}
    </p>
  );
}
