import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { LOCALE_NAMES, LOCALES } from '../../core/language/locale.ts';
import { useServices } from '../context.ts';
import header from '../header/header.module.css';

/** One button for each language that the page does not speak now, by its own name. */
export function LanguageButtons() {
  const { language } = useServices();
  const spoken = useStore(language, (state) => state.locale);
  return LOCALES.filter((locale) => locale !== spoken).map((locale) => (
    <Button
      key={locale}
      className={header.headerButton}
      lang={locale}
      aria-label={LOCALE_NAMES[locale]}
      onPress={() => void language.getState().choose(locale)}
    >
      {locale.toUpperCase()}
    </Button>
  ));
}
