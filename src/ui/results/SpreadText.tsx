import css from './results.module.css';

/** "59.2 ± 1.4": where a column has no room for both, the spread goes below the mean. */
export function SpreadText({ text }: { text: string }) {
  const [mean, spread] = text.split(' ± ');
  return (
    <>
      {mean} {spread && <span className={css.unbroken}>± {spread}</span>}
    </>
  );
}
