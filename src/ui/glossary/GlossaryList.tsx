import { GLOSSARY } from './terms/messages.ts';
import { spokenLocale } from '../../core/language/catalogue.ts';
import css from './glossary.module.css';

/** What a word is ordered by: signs before it do not count. */
const orderedBy = (name: string): string => name.replace('Δ', 'Delta ').replace(/^[^\p{L}]+/u, '');

/** The English words are written down in alphabetical order; those of another language are in the order of their own names. */
function inOrder() {
  const words = Object.entries(GLOSSARY);
  const locale = spokenLocale();
  if (locale === 'en') return words;
  return words.toSorted(([, a], [, b]) => orderedBy(a.name).localeCompare(orderedBy(b.name), locale));
}

/** All words, in alphabetical order. */
export function GlossaryList() {
  return (
    <dl className={css.list}>
      {inOrder().map(([id, { name, text }]) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
