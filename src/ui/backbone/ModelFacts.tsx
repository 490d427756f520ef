/** The facts of a backbone, and what it costs with the study as it is set. */
import type { BackboneCard } from '../../state/backbones.ts';
import { atSize } from '../../model/model-facts.ts';
import { useImageSize, useStudy } from '../context.ts';
import { plural } from '../format.ts';
import study from '../study/study.module.css';
import { megabytes, millions, stepTime } from './amounts.ts';
import { useCost } from './use-cost.ts';

export function ModelFacts({ card }: { card: BackboneCard }) {
  const imageSize = useImageSize();
  const cost = useCost()(card.facts, imageSize);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  const { vision, text, family, parameters } = atSize(card.facts, imageSize);
  const rows = [
    ['Kind', family],
    ['Vision', `${vision.layers} layers × ${vision.width}, ${plural(vision.heads, 'head')}`],
    ['Text', text ? `${text.layers} layers × ${text.width}, ${plural(text.heads, 'head')}` : 'none: a head is trained'],
    ['Input', `${imageSize} × ${imageSize} px, ${vision.tokens} tokens`],
    ['Size', `${millions(parameters)} parameters, ${megabytes(card.bytes)}`],
    ['Memory', `about ${megabytes(cost.bytes)} for ${plural(runs, 'run')} × ${plural(batchSize, 'image')}`],
    ...(cost.secondsPerStep === null ? [] : [['Step', `about ${stepTime(cost.secondsPerStep)} on this device`]]),
    ['Licence', card.licence ?? 'not named'],
    ...(card.revision ? [['Revision', card.revision.slice(0, 12)]] : []),
  ];
  return (
    <dl className={study.facts}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
