/** Facts about a backbone, and its cost with the current study settings. */
import { counted } from '../../core/counted.ts';
import type { ReactNode } from 'react';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { BackboneCard } from '../../state/models/backbones.ts';
import { atSize } from '../../model/model-facts.ts';
import { useImageSize, useStudy } from '../context.ts';
import study from '../study/study.module.css';
import { megabytes, millions, stepTime } from './amounts.ts';
import { useCost } from './use-cost.ts';

/** Shortened digests, long enough to compare by eye; hover shows the whole digest for copying. */
function Digests({ digests }: { digests: readonly OriginDigest[] }) {
  const confirmed = digests.every((digest) => digest.confirmed);
  return (
    <>
      {digests.map(({ file, sha256 }) => (
        <code key={file} title={`${file}: ${sha256}`}>
          {sha256.slice(0, 12)}{' '}
        </code>
      ))}
      {confirmed && '· as the hub names it'}
    </>
  );
}

export function ModelFacts({ card }: { card: BackboneCard }) {
  const imageSize = useImageSize();
  const cost = useCost()(card.facts, imageSize);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  const { vision, text, family, parameters } = atSize(card.facts, imageSize);
  const rows: (readonly [string, ReactNode])[] = [
    ['Kind', family],
    ['Vision', `${counted(vision.layers, 'layer')} × ${vision.width}, ${counted(vision.heads, 'head')}`],
    [
      'Text',
      text
        ? `${counted(text.layers, 'layer')} × ${text.width}, ${counted(text.heads, 'head')}`
        : 'none: a head is trained',
    ],
    ['Input', `${imageSize} × ${imageSize} px, ${vision.tokens} tokens`],
    ['Size', `${millions(parameters)} parameters, ${megabytes(card.bytes)}`],
    ['Memory', `about ${megabytes(cost.bytes)} for ${counted(runs, 'run')} × ${counted(batchSize, 'image')}`],
    ['Step', cost.secondsPerStep === null ? null : `about ${stepTime(cost.secondsPerStep)} on this device`],
    ['Licence', card.licence ?? 'not named'],
    ['Revision', card.revision && card.revision.slice(0, 12)],
    ['SHA-256', card.digests.length > 0 ? <Digests digests={card.digests} key="digests" /> : null],
  ];
  return (
    <dl className={study.facts}>
      {rows.map(([term, value]) =>
        value === null ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
