import { memo, useMemo, useState } from 'react';
import css from './charts.module.css';
import type { BuildFigure } from './figure.ts';
import { SOME_WIDTH } from './figure-size.ts';
import { ReferenceItem } from './Legend.tsx';
import { referencesOf } from './picture/legend.ts';

/**
 * The named lines of a figure that belong to no arm, read from the figure itself: none is drawn without its name. While there is nothing to draw, those of
 * before, so that a run that starts moves nothing.
 */
export const ReferenceItems = memo(function ReferenceItems({ build }: { readonly build: BuildFigure | null }) {
  const own = useMemo(() => build && referencesOf(build(SOME_WIDTH)), [build]);
  const [last, setLast] = useState(own);
  if (own && own !== last) setLast(own);
  const shown = own ?? last ?? [];
  return (
    shown.length > 0 && (
      <div className={css.legend}>
        {shown.map(({ name, of }) => (
          <ReferenceItem key={name} text={name} dash={of.dash} />
        ))}
      </div>
    )
  );
});
