import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { LOCALE_NAMES, LOCALES } from '../../core/language/locale.ts';
import { useServices } from '../context.ts';

interface LanguageButtonsProps {
  /** The languages' names, or where there is little room their codes: "DE". */
  readonly show: 'names' | 'codes';
  readonly className: string;
}

/** One button for each language that the page does not speak now, by its own name. */
export function LanguageButtons({ show, className }: LanguageButtonsProps) {
  const { language } = useServices();
  const spoken = useStore(language, (state) => state.locale);
  return LOCALES.filter((locale) => locale !== spoken).map((locale) => (
    <Button
      key={locale}
      className={className}
      lang={locale}
      aria-label={LOCALE_NAMES[locale]}
      data-languages={show}
      data-focus-next={`[data-languages="${show}"]`}
      onPress={() => void language.getState().choose(locale)}
    >
      {show === 'names' ? LOCALE_NAMES[locale] : locale.toUpperCase()}
    </Button>
  ));
}
