/** Accuracy of every class along the path, on request. */
import { useMemo } from 'react';
import { counted } from '../../../../core/counted.ts';
import { SEEN } from '../../../../copra/readings/seen.ts';
import { columnSpreads } from '../../../../state/summary/summary.ts';
import { classPaths, pathPictures, type PathKind } from '../../../../study/analyses/landscape/path-pictures.ts';
import { testedImages } from '../../../../study/result/tested-images.ts';
import { csv, type Cell } from '../../../../share/csv/csv.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { Legend } from '../../../charts/Legend.tsx';
import { percentSpread } from '../../../format.ts';
import { imagesMeta, joinMeta, pairsMeta } from '../../../results/figure-meta.ts';
import { classPanels, classPathsHeight, classPathsPlot } from './class-paths-plot.ts';
import type { PathFigureParts } from './path-plot.ts';
import css from '../../../results/pictures/pictures.module.css';

/** Per arm, class and λ: the mean over pairs of seeds. */
function accuracies(result: PathFigureParts, kind: PathKind) {
  const tested = testedImages(result);
  return result.config.arms.flatMap(({ id, name }) => {
    const pictures = pathPictures(result, kind, id);
    if (!pictures) return [];
    return result.task.classes.flatMap((label, i) => {
      const own = classPaths(pictures, i, tested);
      if (!own) return [];
      return columnSpreads(own.accuracy).map((spread, point) => ({
        ...{ id, name, label, images: own.images, lambda: pictures.lambdas[point], spread },
      }));
    });
  });
}

export function ClassPaths({ result, kind }: { readonly result: StudyResult; readonly kind: PathKind }) {
  const { landscape, config, task } = result;
  const parts = useMemo(() => ({ landscape, config, task }), [landscape, config, task]);
  const panels = useMemo(() => classPanels(parts, kind), [parts, kind]);
  const build = useMemo(() => classPathsPlot(parts, panels), [parts, panels]);
  const height = useMemo(() => classPathsHeight(panels), [panels]);
  const rows = useMemo(() => accuracies(parts, kind), [parts, kind]);
  if (panels.length === 0)
    return (
      <p className={css.note}>
        This result keeps the answers to some test pictures only, chosen by kind: they say nothing about whole classes.
        A study that ran here, and its study file, have them.
      </p>
    );
  const images = panels.map((panel) => panel.images);
  const chosen =
    panels.length < task.classes.length
      ? panels.length === 1
        ? 'The class that changes most is drawn. '
        : `The ${counted(panels.length, 'class', 'classes')} that change most are drawn. `
      : '';
  return (
    <ChartFigure
      title="Accuracy of every class along the path"
      help={
        <p>
          The same adapters and test pictures as above, class by class. A line is the mean over pairs of seeds, its band
          one standard deviation; the number behind a class counts its test pictures.
        </p>
      }
      message={SEEN.classPaths}
      reading={`${chosen}A class has ${Math.min(...images)} to ${Math.max(...images)} test pictures: one picture is up to ${(100 / Math.min(...images)).toFixed(0)} points of its accuracy.`}
      meta={joinMeta(
        imagesMeta(testedImages(result)),
        pairsMeta(new Set(landscape.map(({ seeds }) => seeds.join())).size),
      )}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty=""
      height={height}
      table={{
        head: ['Arm', 'Class', 'Pictures', 'λ', 'Accuracy, mean ± sd over pairs'],
        rows: rows.map(({ name, label, images: count, lambda, spread }) => [
          name,
          label,
          String(count),
          lambda.toFixed(2),
          percentSpread(spread),
        ]),
      }}
      csv={() =>
        csv(
          ['arm', 'class', 'images', 'lambda', 'accuracy', 'sd', 'pairs'],
          rows.map(({ id, label, images: count, lambda, spread }): Cell[] => [
            ...[id, label, count, lambda, spread.mean, spread.sd, spread.n],
          ]),
        )
      }
      fileName="copra-class-paths"
    />
  );
}
