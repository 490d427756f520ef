import { useEffect, useRef } from 'react';
import css from './lessons.module.css';

/** A formula. Shows its TeX source until KaTeX has loaded. Screen readers get MathML. */
export function Formula({ tex, display = false }: { tex: string; display?: boolean }) {
  const host = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    element.textContent = tex;
    let current = true;
    void import('./katex.chunk.ts').then(
      ({ render }) => {
        if (!current) return;
        render(tex, element, { displayMode: display, throwOnError: false });
        // Scrollable content must be reachable by keyboard.
        if (element.scrollWidth > element.clientWidth && display) element.tabIndex = 0;
      },
      () => {
        // Offline before KaTeX was ever loaded: the TeX source stays.
      },
    );
    return () => {
      current = false;
    };
  }, [tex, display]);
  return <span ref={host} className={display ? css.formulaBlock : css.formula} />;
}
