import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { writingOf } from '../../core/language/locale.ts';
import { useServices } from '../context.ts';
import { TurningContext } from './turning.ts';

/** Renders the page anew when its language changes: texts are read while rendering. What is kept in components, such as an open dialog, begins anew. */
export function InLanguage({ children }: { children: ReactNode }) {
  const locale = useStore(useServices().language, (state) => state.locale);
  const shown = useRef(locale);
  const turning = useRef(false);
  // Between these two lie the effects of all that mounts anew.
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    turning.current = locale !== shown.current;
    shown.current = locale;
  }, [locale]);
  useEffect(() => {
    turning.current = false;
  }, [locale]);
  // Controls write numbers as the page does.
  return (
    <TurningContext value={turning}>
      <I18nProvider key={locale} locale={writingOf(locale).tag}>
        {children}
      </I18nProvider>
    </TurningContext>
  );
}
