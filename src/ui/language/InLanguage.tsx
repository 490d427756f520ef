import { useLayoutEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';

/** Renders the page anew when its language changes: texts are read while rendering. What people made is kept in stores, not in components. */
export function InLanguage({ children }: { children: ReactNode }) {
  const locale = useStore(useServices().language, (state) => state.locale);
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  // Controls write numbers as the page does.
  return (
    <I18nProvider key={locale} locale={locale === 'de' ? 'de-DE' : 'en-GB'}>
      {children}
    </I18nProvider>
  );
}
