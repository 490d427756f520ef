import { GLOSSARY } from '../../copra/readings/glossary/messages.ts';
import css from './glossary.module.css';

/** All words, in alphabetical order. */
export function GlossaryList() {
  return (
    <dl className={css.list}>
      {Object.entries(GLOSSARY).map(([id, { name, text }]) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
