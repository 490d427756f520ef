import { useLayoutEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';

/** Renders the page anew when its language changes: texts are read while rendering. What is kept in components, such as an open dialog, begins anew. */
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
