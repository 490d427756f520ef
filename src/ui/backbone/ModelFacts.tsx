/** Facts about a backbone, and its cost with the current study settings. */
import { useMemo, type ReactNode } from 'react';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { BackboneCard } from '../../state/models/backbones.ts';
import { atSize } from '../../model/model-facts.ts';
import { useImageSize, useStudy } from '../context.ts';
import study from '../study/study.module.css';
import { cutText } from '../../study/result/memory-text.ts';
import { megabytes, millions, stepTime } from './amounts.ts';
import { licenceName } from './licence-name.ts';
import { BACKBONE_WORDS } from './messages.ts';
import { useCost, useMemoryPlans } from './use-cost.ts';

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
      {confirmed && BACKBONE_WORDS.facts.confirmed}
    </>
  );
}

export function ModelFacts({ card }: { card: BackboneCard }) {
  const imageSize = useImageSize();
  const planned = useMemo(() => [atSize(card.facts, imageSize)], [card.facts, imageSize]);
  useMemoryPlans(planned);
  const cost = useCost()(card.facts, imageSize);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  const { vision, text, family, parameters } = planned[0];
  const words = BACKBONE_WORDS.facts;
  const rows: (readonly [string, ReactNode])[] = [
    [words.kind, family],
    [words.vision, words.tower(vision.layers, vision.width, vision.heads)],
    [words.text, text ? words.tower(text.layers, text.width, text.heads) : words.noText],
    [words.input, words.inputSize(imageSize, vision.tokens)],
    [words.size, words.parameters(millions(parameters), megabytes(card.bytes))],
    [words.memory, words.memoryFor(megabytes(cost.memory?.bytes ?? cost.bytes), runs, batchSize)],
    [words.memoryPlan, cost.memory && cutText(cost.memory)],
    [words.step, cost.secondsPerStep === null ? null : words.stepHere(stepTime(cost.secondsPerStep))],
    [words.licence, card.licence === null ? words.noLicence : licenceName(card.licence)],
    [words.revision, card.revision && card.revision.slice(0, 12)],
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
