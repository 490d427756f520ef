/** Which layers answer for which pictures, and groups of pictures that need the same layer. */
import { use, useMemo, useRef, useState } from 'react';
import { pictureLayersReading } from '../../../../copra/readings/picture-layers.ts';
import { SEEN } from '../../../../copra/readings/seen.ts';
import { counted } from '../../../../core/counted.ts';
import { mean } from '../../../../core/statistics.ts';
import { imageLayersCsv } from '../../../../share/analyses/shapley/image-layers-csv.ts';
import { trueClasses } from '../../../../study/predictions/answers.ts';
import { picturesOf } from '../../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../../charts/figure-contexts.ts';
import { Choice } from '../../../controls/Choice.tsx';
import { Segmented } from '../../../controls/Segmented.tsx';
import { fixed } from '../../../format.ts';
import { imagesMeta, joinMeta, seedsMeta } from '../../../results/figure-meta.ts';
import { METRICS, type Metric } from '../../../results/names.ts';
import { MarkedTiles } from '../../../results/pictures/MarkedTiles.tsx';
import { PictureDialog } from '../../../results/pictures/PictureDialog.tsx';
import { useTestPictures } from '../../../results/pictures/use-test-pictures.ts';
import { useSeen } from '../../../use-seen.ts';
import css from '../../../results/results.module.css';
import tiles from '../../../results/pictures/pictures.module.css';
import { imageLayers, type ImageLayers } from './image-layers.ts';
import { imageLayersHeight, imageLayersPlot, imageLayersTable } from './image-layers-plot.ts';

const ANY = 'any';

/** Tiles of a group. */
const SHOWN = 12;

export function ImageLayersFigure({ result }: { result: StudyResult }) {
  const { shapley, config, task, predictions } = result;
  const parts = useMemo(() => ({ shapley, config, task }), [shapley, config, task]);
  const labels = useMemo(() => trueClasses({ task }), [task]);
  const [metric, setMetric] = useState<Metric>('accuracy');
  const [label, setLabel] = useState<number | null>(null);
  const [wanted, setArm] = useState<string>();
  const all = useMemo(
    () =>
      config.arms.flatMap(({ id, name }) => {
        const of = imageLayers(parts, id, metric, label);
        return of ? [{ id, name, of }] : [];
      }),
    [parts, config.arms, metric, label],
  );
  const arm = all.find(({ id }) => id === wanted) ?? all[0];
  const build = useMemo(
    () => (arm ? imageLayersPlot(parts, { arm: arm.id, metric, of: arm.of, labels }) : null),
    [parts, arm, metric, labels],
  );
  const table = useMemo(() => imageLayersTable(parts, arm?.of ?? null, metric, labels), [parts, arm, metric, labels]);
  const whole = useMemo(() => picturesOf({ predictions, task, config }), [predictions, task, config]);
  const groups = useRef<HTMLDivElement>(null);
  const images = useTestPictures(result, useSeen(groups, { isThere: arm !== undefined }));
  const [open, setOpen] = useState<number | null>(null);
  const openPlace = (place: number): void => {
    const index = whole.findIndex((picture) => picture.place === place);
    if (index >= 0) setOpen(index);
  };
  const reading = pictureLayersReading(
    all.map(({ name, of }) => ({
      name,
      layers: of.names,
      values: of.values.map((layer) => (layer.length > 0 ? mean(layer) : 0)),
      seeds: of.seeds,
    })),
    metric,
    label === null ? 'the pictures' : `“${task.classes[label]}”`,
  );
  const classes = [{ id: ANY, name: 'Any class' }, ...task.classes.map((name, i) => ({ id: String(i), name }))];
  const pictures = arm?.of.places.length ?? 0;
  return (
    <>
      <ChartFigure
        title="Which layers answer for which pictures"
        help={
          <>
            <p>
              A row is a test picture, a column a layer: what the layer adds to this picture, on average over all orders
              in which layers can be switched on, and over the seeds of the arm. The mean of the rows is the Shapley
              value of the layer.
            </p>
            <p>
              Pictures are grouped by the layer that adds most to them. Groups of few pictures are chance as much as
              meaning. Choose a class to read the layers off its pictures alone.
            </p>
          </>
        }
        message={build ? SEEN.imageLayers : ''}
        reading={reading}
        meta={joinMeta(imagesMeta(pictures), seedsMeta(arm?.of.seeds ?? 0))}
        legend={null}
        controls={
          <span className={css.figureControls} data-row>
            {all.length > 1 && arm && (
              <Choice label="Layers and pictures of" value={arm.id} options={all} onChange={setArm} />
            )}
            {labels && (
              <Choice
                label="Layers and pictures: class"
                value={label === null ? ANY : String(label)}
                options={classes}
                onChange={(id) => setLabel(id === ANY ? null : Number(id))}
              />
            )}
            <Segmented
              label="Layers and pictures: quantity shown"
              value={metric}
              options={METRICS}
              onChange={setMetric}
            />
          </span>
        }
        build={build}
        empty="No picture of this class was analysed."
        height={imageLayersHeight(pictures)}
        below={
          arm && (
            <div ref={groups} className={tiles.below}>
              <Groups {...{ result, metric, images, labels }} of={arm.of} onOpen={openPlace} />
            </div>
          )
        }
        table={table}
        csv={() => imageLayersCsv(parts)}
        fileName="copra-image-layers"
      />
      <PictureDialog {...{ result, images, open }} pictures={whole} onOpen={setOpen} />
    </>
  );
}

interface GroupsProps {
  readonly result: StudyResult;
  readonly metric: Metric;
  readonly images: ReturnType<typeof useTestPictures>;
  readonly labels: Uint8Array | null;
  readonly of: ImageLayers;
  readonly onOpen: (place: number) => void;
}

function Groups({ result, metric, images, labels, of, onOpen }: GroupsProps) {
  const Title = use(EmbeddedContext) === 'off' ? 'h4' : 'h3';
  const helped = of.groups.reduce((sum, group) => sum + group.images.length, 0);
  return (
    <>
      <p className={tiles.stripNote}>
        {counted(helped, 'picture')} of {of.places.length} {helped === 1 ? 'is' : 'are'} helped by some layer. Below,
        each stands with the layer that adds most to it.
      </p>
      <div className={tiles.strips}>
        {of.groups.map(({ layer, images: own }) => (
          <section key={layer} className={tiles.strip} aria-label={`Layer ${of.names[layer]}`}>
            <Title className={tiles.stripTitle}>
              Layer {of.names[layer]}: {counted(own.length, 'picture')}
            </Title>
            <MarkedTiles
              label={`Pictures of layer ${of.names[layer]}; each opens large`}
              images={images}
              pictures={own.slice(0, SHOWN).map((image) => {
                const place = of.places[image];
                const value = of.values[layer][image];
                const told = metric === 'accuracy' ? fixed(100 * value, 0) : fixed(value, 2);
                const name = labels ? `, ${result.task.classes[labels[place]]}` : '';
                return {
                  place,
                  right: null,
                  note: told,
                  reading: `Picture ${place + 1}${name}: ${told} ${metric === 'accuracy' ? 'points' : 'nats'} by layer ${of.names[layer]}`,
                };
              })}
              onOpen={onOpen}
            />
          </section>
        ))}
      </div>
    </>
  );
}
