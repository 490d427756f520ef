import css from './results.module.css';

/** "59.2 ± 1.4"; in a narrow column the spread wraps below the mean. */
export function SpreadText({ text }: { text: string }) {
  const [mean, spread] = text.split(' ± ');
  return (
    <>
      {mean} {spread && <span className={css.unbroken}>± {spread}</span>}
    </>
  );
}
