/** Which layers help with which pictures, and groups of pictures that need the same layer. */
import { shownClass } from '../../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../../lessons/part-words.ts';
import { use, useMemo, useRef, useState } from 'react';
import { pictureLayersReading } from './picture-layers-caption.ts';
import { mean } from '../../../../core/statistics.ts';
import { imageLayersCsv } from '../../../../share/analyses/shapley/image-layers-csv.ts';
import { trueClasses } from '../../../../study/predictions/answers.ts';
import { picturesOf } from '../../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../../charts/figure-contexts.ts';
import { Choice } from '../../../controls/Choice.tsx';
import { Segmented } from '../../../controls/Segmented.tsx';
import { imagesMeta, joinMeta, seedsMeta } from '../../../results/figure-meta.ts';
import { METRICS, type Metric } from '../../../results/names.ts';
import { MarkedTiles } from '../../../results/pictures/MarkedTiles.tsx';
import { ANY_CLASS, classOptions } from '../../../results/pictures/picture-words.ts';
import { PictureDialog } from '../../../results/pictures/PictureDialog.tsx';
import { useTestPictures } from '../../../results/pictures/use-test-pictures.ts';
import { useSeen } from '../../../use-seen.ts';
import css from '../../../results/results.module.css';
import tiles from '../../../results/pictures/pictures.module.css';
import { creditText, HELPS, imageLayers, type ImageLayers } from './image-layers.ts';
import { IMAGE_LAYERS_WORDS } from './messages.ts';
import { imageLayersHeight, imageLayersPlot, imageLayersTable } from './image-layers-plot.ts';

/** Tiles of a group. */
const SHOWN = 12;

export function ImageLayersFigure({ result }: { result: StudyResult }) {
  const { shapley, config, task, predictions } = result;
  const parts = useMemo(() => ({ shapley, config, task }), [shapley, config, task]);
  const labels = useMemo(() => trueClasses({ task }), [task]);
  const [metric, setMetric] = useState<Metric>('accuracy');
  // By name: another result on the page may have other classes.
  const [named, setNamed] = useState<string | null>(null);
  const place = named === null ? -1 : task.classes.indexOf(named);
  const label = place < 0 ? null : place;
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
  const pictures = arm?.of.places.length ?? 0;
  // A class may have none.
  const told = pictures > 0 ? all : [];
  const reading = pictureLayersReading(
    told.map(({ name, of }) => ({
      name,
      layers: of.names,
      values: of.values.map((layer) => (layer.length > 0 ? mean(layer) : 0)),
      seeds: of.seeds,
    })),
    metric,
    label === null
      ? IMAGE_LAYERS_WORDS.ofAll
      : IMAGE_LAYERS_WORDS.ofClass(shownClass(config.task, task.classes[label])),
    arm && !arm.of.areAll ? { pictures, areOfClass: label !== null } : null,
  );
  const classes = classOptions(result, IMAGE_LAYERS_WORDS.anyClass);
  return (
    <>
      <ChartFigure
        title={PART_WORDS['image-layers']}
        help={IMAGE_LAYERS_WORDS.help(arm?.of.areAll ?? true).map((text) => (
          <p key={text}>{text}</p>
        ))}
        message={build ? IMAGE_LAYERS_WORDS.message : ''}
        reading={reading}
        meta={joinMeta(imagesMeta(pictures), seedsMeta(arm?.of.seeds ?? 0))}
        legend={null}
        controls={
          <span className={css.figureControls} data-row>
            {all.length > 1 && arm && (
              <Choice label={IMAGE_LAYERS_WORDS.armShown} value={arm.id} options={all} onChange={setArm} />
            )}
            {labels && (
              <Choice
                label={IMAGE_LAYERS_WORDS.classShown}
                value={label === null ? ANY_CLASS : String(label)}
                options={classes}
                onChange={(id) => setNamed(id === ANY_CLASS ? null : task.classes[Number(id)])}
              />
            )}
            <Segmented label={IMAGE_LAYERS_WORDS.quantityShown} value={metric} options={METRICS} onChange={setMetric} />
          </span>
        }
        build={build}
        empty={IMAGE_LAYERS_WORDS.empty}
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
        {IMAGE_LAYERS_WORDS.helped(
          helped,
          of.places.length,
          `${creditText(HELPS[metric], metric)} ${IMAGE_LAYERS_WORDS.units[metric]}`,
        )}
      </p>
      <div className={tiles.strips}>
        {of.groups.map(({ layer, images: own }) => (
          <section key={layer} className={tiles.strip} aria-label={IMAGE_LAYERS_WORDS.layer(of.names[layer])}>
            <Title className={tiles.stripTitle}>{IMAGE_LAYERS_WORDS.group(of.names[layer], own.length)}</Title>
            <MarkedTiles
              label={IMAGE_LAYERS_WORDS.tiles(of.names[layer])}
              images={images}
              pictures={own.slice(0, SHOWN).map((image) => {
                const place = of.places[image];
                const value = of.values[layer][image];
                const told = creditText(value, metric);
                const name = labels ? `, ${shownClass(result.config.task, result.task.classes[labels[place]])}` : '';
                return {
                  place,
                  note: told,
                  reading: IMAGE_LAYERS_WORDS.tile(
                    `${IMAGE_LAYERS_WORDS.picture(place + 1)}${name}`,
                    told,
                    IMAGE_LAYERS_WORDS.units[metric],
                    of.names[layer],
                  ),
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
