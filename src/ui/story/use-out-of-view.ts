import { useEffect, useState } from 'react';

/** Whether no element of this selector is in the window; false where there is none. @param among changes when other elements are there */
export function useOutOfView(selector: string, among?: unknown): boolean {
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    const seen = new Map<Element, boolean>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting);
      setOut(![...seen.values()].some(Boolean));
    });
    document.querySelectorAll(selector).forEach((element) => observer.observe(element));
    return () => observer.disconnect();
  }, [selector, among]);
  return isOut;
}
