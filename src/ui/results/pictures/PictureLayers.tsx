/** Which layers help with one picture: its own Shapley values, in the opened picture. */
import { useMemo, useState } from 'react';
import { keptPlaces } from '../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { LayersOfPicture } from '../../analyses/shapley/LayersOfPicture.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { METRICS, type Metric } from '../names.ts';
import { PICTURE_WORDS } from './messages.ts';
import css from './pictures.module.css';

/** Nothing for results without Shapley values of single images. */
export function PictureLayers({ result, place }: { readonly result: StudyResult; readonly place: number }) {
  const [metric, setMetric] = useState<Metric>('accuracy');
  const kept = useMemo(() => new Set(keptPlaces(result)), [result]);
  const runs = result.shapley.filter(({ perImage }) => perImage);
  if (runs.length === 0) return null;
  const isAnalysed = runs.some((run) => place < run.images) && kept.has(place);
  return (
    <section className={css.layers} aria-label={PICTURE_WORDS.opened.layers}>
      <div className={css.layersHead}>
        <h3 className={css.answersTitle}>{PICTURE_WORDS.opened.layersTitle}</h3>
        {isAnalysed && (
          <Segmented label={PICTURE_WORDS.opened.layersMetric} value={metric} options={METRICS} onChange={setMetric} />
        )}
      </div>
      {isAnalysed ? (
        <LayersOfPicture result={result} place={place} metric={metric} />
      ) : (
        <p className={css.note}>{PICTURE_WORDS.opened.notAnalysed(runs[0].images)}</p>
      )}
    </section>
  );
}
